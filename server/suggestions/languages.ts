/**
 * What is known of each of the seven languages: words that say nothing by themselves, words that every
 * card of a library workshop may have, and endings. It is little, and it is all: nothing is asked of
 * any other service.
 */
import type { Language } from '#shared/ids.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Folded as `tokens.ts` folds: without case and accents. They also tell which language a text is in. */
export const STOP: Readonly<Record<Language, ReadonlySet<string>>> = {
	en: words(`a about above after again all also always am an and another any anybody anyone are as at be because been
		before being between both but by came can cannot come comes could did do does doing done dont don down each
		either else even ever every everybody everyone everything few find first for from get gets getting give go goes
		going got had has have having he her here hers him his how i if in inside into is isn it its itself just know
		last let like made make makes many may maybe me might mine more most much must my need needs neither never next
		no nobody none nor not nothing now of off often on once one only or other others our ours out over own per put
		quite rather s said same say says see seen shall she should since so some somebody someone something soon still
		such t take takes than that the their theirs them then there these they thing things this those though three
		through thus to together too took try two under until up upon us use used very via want wanted wants was way we
		went were what when where whether which while who whole whom whose why will with within without won would yes
		yet you your yours new back then ve re ll m d said`),
	fr: words(`a afin ai ainsi alors apres au aucun aucune aussi autre autres aux avant avec avoir avons bien c ca car ce
		ceci cela celle celles celui ces cet cette ceux chacun chaque chez comme comment d dans de deja depuis des deux dit
		doit donc dont du elle elles en encore entre est et etaient etait etant etre eu eux faire fait faut fois font ici
		il ils j je jamais jusqu l la le les leur leurs lui m ma mais me meme memes mes moi moins mon n ne ni nos notre
		notres nous on ont ou oui par parce pas peu peut plus plusieurs pour pourquoi qu quand que quel quelle quelles quels
		qui quoi rien s sa sans se selon ses si sien soit son sont sous sur ta te tes toi ton tous tout toute toutes tres
		trois trop tu un une va vers veut voir vos votre vous y etes au crois jusque lors`),
	es: words(`a actualmente ademas ahi ahora al algo alguien algun alguna algunas alguno algunos ante antes aquel aquella
		aqui asi aun aunque bien cada casi como con contra cosa cosas cual cuales cuando cuanto de del desde despues dice
		dos donde dicen e el ella ellas ellos en entonces entre era eran eres es esa esas ese eso esos esta estaba estan
		estar estas este esto estos fue fueron ha haber habia hace hacen hacer hacia hacemos han hasta hay he la las le
		les lo los mas me menos mi mientras mis misma mismo mismos mucha muchas mucho muchos muy nada nadie ni no nos
		nosotras nosotros nuestra nuestras nuestro nuestros o os otra otras otro otros para pero poca poco pocos por
		porque primero pues que quien quienes quiere quieren se sea segun ser si sido siempre sin sobre solo somos son soy
		su sus tal tambien tan tanto te tiene tienen toca toda todas todo todos tres tu tus un una unas uno unos va van
		y ya yo`),
	de: words(`ab aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei beide beim
		bereits bin bis bist da dabei dadurch dafur dagegen dahin damit danach dann daran darauf daraus darf darin darum
		das dass davon dazu dein dem den denn der deren des deshalb dessen die dies diese diesem diesen dieser dieses doch
		dort du durch durfen ein eine einem einen einer eines einfach einige einmal er erst es etwas euch fur ganz gar gegen
		gibt habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins ist ja
		jede jedem jeden jeder jedes jetzt kann kein keine keinem keinen keiner konnen konnte lassen machen man mehr mein
		meine meist mich mir mit muss mussen nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine seinem seinen
		seiner seit sich sie sind so soll sollen sollte sondern sonst uber um und uns unser unsere unserem unseren unter
		viel viele vom von vor wann war waren warum was weil welche wem wen wenn wer werden wie wieder will wir wird wo
		wollen wurde wurden zu zum zur zwar zwei zwischen etc lust`),
	ru: words(`а без более больше будет будто бы был была были было быть в вам вас весь во вот все всего всем всех всю вся всё вы
		где да даже два для до его ее если есть еще же за здесь и из или им иногда их к каждый как какая какой когда кого
		конечно который которые кто куда ли лишь лучше между меня мне много может можно мой моя мы на над надо нам нас наш
		наша наше наши не него нее ней нельзя нет ни нибудь никогда ним них ничего но ну о об один он она они оно опять от
		перед по под после потом потому почти при про раз разве с сам сами свое свои свою себе себя сейчас со совсем так
		такой там тебя тем теперь то тогда того тоже только том тот три ты у уж уже хорошо хоть чего чем через что чтобы
		чуть эта эти это этой этом этот эту я самый некоторые`),
	ar: words(`في من على الى عن مع هذا هذه ذلك تلك التي الذي الذين ما لا لم لن ليس ليست كان كانت يكون تكون هو هي هم نحن انا انت
		انتم كل بعض غير قد لقد ثم او و ف ب ل ك ان انه انها لان لكن لكننا بل حتى اذا اذ بعد قبل عند عندما بين خلال منذ حول
		ضد دون بدون فقط ايضا اي كيف متى اين لماذا هل نعم كما مثل هنا هناك له لها لهم لنا لي به بها فيه فيها منه منها عليه
		عليها اليه اليها هناك احد شيء كلها كله جدا حين حيث ذات يا اما الا سوى مما لدينا لديه عام مره يوم واحد واحده`),
	zh: words(`的 了 和 是 在 有 也 都 就 不 没 很 到 说 要 会 着 看 好 这 那 我 你 他 她 它 们 我们 你们 他们 一个 没有 自己 还 与 及 或
		对 从 把 被 让 给 为 但 而 等 去 来 上 下 里 后 前 时 吗 呢 吧 啊 过 得 地 之 以 因为 所以 如果 这个 那个 什么 怎么 为什么
		先 再 又 只 才 用 就能 一张 两边 不用 两次`)
};

/** Whatever the room is about, half of all cards have these: they hold no two together. */
export const PLAIN: Readonly<Record<Language, ReadonlySet<string>>> = {
	en: words(`library libraries librarian librarians book books people project projects partner partners work works working
		year years month months week weeks day days time times country town city colleague colleagues good big small
		ask asked asks tell told start help offer local national idea lack missing enough`),
	fr: words(`bibliotheque bibliotheques bibliothecaire bibliothecaires livre livres gens projet projets partenaire
		partenaires travail an ans annee annees mois semaine jour jours ville pays collegue collegues bon petit grand manque assez`),
	es: words(`biblioteca bibliotecas bibliotecaria bibliotecario bibliotecarias bibliotecarios libro libros gente proyecto
		proyectos socio trabajo ano anos mes meses semana dia dias ciudad pais colega bueno grande nueva nuevo nuevas nuevos falta faltan`),
	de: words(`bibliothek bibliotheken bibliothekar bibliothekarin bucherei buch bucher leute projekt projekte partner
		arbeit jahr jahre monat woche tag tage stadt land kollege kollegin gut gross klein neu neue ende fehlt mangel genug`),
	ru: words(`библиотека библиотеки библиотек библиотеке библиотекарь книга книги книг люди людей проект проекты партнер
		работа работает год лет месяц неделя день дней город страна коллега новый хватает хватило`),
	ar: words(
		`مكتبه المكتبه مكتبات المكتبات كتاب كتب الناس مشروع شريك عمل سنه شهر اسبوع مدينه بلد زميل جديد نقص كافي`
	),
	zh: words(`图书 书馆 图书馆 馆员 书 人 项目 合作 工作 年 月 天 城市 国家 同事 新 缺 缺少`)
};

/** Endings that are taken off, the longest that fits; what stays has at least this many letters. */
export const ENDINGS: Readonly<Record<Exclude<Language, 'zh'>, { least: number; of: string[] }>> = {
	en: {
		least: 3,
		of: ends('ations ation ings ing ements ement ments ment ies ied ers er ed es s e ly y')
	},
	fr: {
		least: 4,
		of: ends(
			'ations ation issements issement ements ement ment euses euse eurs eur ives ive ifs if aux ales ale al ees ee es er ez e s x'
		)
	},
	es: {
		least: 4,
		of: ends(
			'aciones acion amientos amiento imientos imiento mente adores ador adoras adora idades idad ando iendo ados adas ado ada ar er ir es os as o a e s'
		)
	},
	de: {
		least: 4,
		of: ends(
			'ungen ung heiten heit keiten keit lichen liche lich ischen ische isch innen in ern er en es em e n s'
		)
	},
	ru: {
		least: 3,
		of: ends(
			'иями ями ами ого его ому ему ыми ими ость ости остью ение ения ением ий ый ой ая яя ое ее ые ие ов ев ей ам ям ах ях ом ем ую юю ть ет ют ут ит ат ят ла ло ли а я о е ы и у ю ь й'
		)
	},
	ar: { least: 3, of: ends('اتها اتهم اتنا ات ون ين ان ها هم نا كم وا يه ته ه ي') }
};

function ends(list: string): string[] {
	return list.split(' ').sort((a, b) => b.length - a.length);
}

/** What Arabic writes in front of a word: "and", "in", "for", "the". */
export const ARABIC_BEGINNINGS = ['وال', 'بال', 'فال', 'كال', 'لل', 'ال', 'و'];
