/**
 * The 17 Sustainable Development Goals and their 169 targets, by number (UN resolution 71/313),
 * each with a gist of our own: enough to recognise a target by, not its official wording.
 */
export interface SdgGoal {
	/** `1` to `17`. */
	id: string;
	title: string;
}
export interface SdgTarget {
	/** `16.10`, `5.b`. */
	id: string;
	goal: string;
	gist: string;
}

const SOURCE = `
1 No poverty
1.1 End extreme poverty | 1.2 Halve poverty in all its forms | 1.3 Social protection for all | 1.4 Equal rights to resources and services | 1.5 Resilience of the poor to shocks | 1.a Resources for programmes against poverty | 1.b Policies in favour of the poor
2 Zero hunger
2.1 Food for everyone all year | 2.2 End malnutrition | 2.3 Double small farmers’ output and income | 2.4 Sustainable food production | 2.5 Keep seeds and breeds diverse | 2.a Invest in rural areas and farm research | 2.b Fair trade in farm products | 2.c Stable food markets
3 Good health and well-being
3.1 Fewer mothers die in childbirth | 3.2 No preventable deaths of children | 3.3 End epidemics | 3.4 Fewer early deaths; mental health | 3.5 Prevent and treat substance abuse | 3.6 Halve road deaths | 3.7 Sexual and reproductive health, with information | 3.8 Health care for all | 3.9 Fewer illnesses from pollution | 3.a Tobacco control | 3.b Vaccines and medicines for all | 3.c Train and keep health workers | 3.d Early warning of health risks
4 Quality education
4.1 Free school for every child | 4.2 Good early childhood | 4.3 Affordable vocational and higher education | 4.4 Skills for work, digital ones included | 4.5 Equal access to education | 4.6 Literacy and numeracy | 4.7 Learning for sustainable development | 4.a Safe places to learn | 4.b More scholarships | 4.c More qualified teachers
5 Gender equality
5.1 End discrimination against women | 5.2 End violence against women | 5.3 End forced marriage and mutilation | 5.4 Value unpaid care work | 5.5 Women in leading roles | 5.6 Reproductive rights | 5.a Equal rights to resources | 5.b Technology that empowers women | 5.c Laws for equality
6 Clean water and sanitation
6.1 Safe drinking water | 6.2 Sanitation and hygiene | 6.3 Better water quality | 6.4 Use water well | 6.5 Manage water together | 6.6 Protect rivers, lakes and wetlands | 6.a Cooperate on water | 6.b Communities take part in water
7 Affordable and clean energy
7.1 Energy for everyone | 7.2 More renewable energy | 7.3 Double energy efficiency | 7.a Share clean energy research | 7.b Modern energy services
8 Decent work and economic growth
8.1 Economic growth | 8.2 Productivity through innovation | 8.3 Policies for jobs and small firms | 8.4 Grow without wearing out resources | 8.5 Decent work for all, equal pay | 8.6 Young people in work or learning | 8.7 End forced and child labour | 8.8 Rights and safety at work | 8.9 Sustainable tourism and culture | 8.10 Banking for everyone | 8.a Aid for trade | 8.b Strategy for youth employment
9 Industry, innovation and infrastructure
9.1 Reliable infrastructure for all | 9.2 Inclusive industry | 9.3 Credit and markets for small firms | 9.4 Cleaner industry | 9.5 More research and innovation | 9.a Support for infrastructure | 9.b Domestic technology | 9.c Internet for everyone
10 Reduced inequalities
10.1 Income of the poorest grows faster | 10.2 Include everyone | 10.3 Equal opportunity | 10.4 Policies for equality | 10.5 Regulate financial markets | 10.6 A voice for developing countries | 10.7 Safe, orderly migration | 10.a Special treatment in trade | 10.b Aid where it is needed | 10.c Cheaper remittances
11 Sustainable cities and communities
11.1 Safe and affordable housing | 11.2 Public transport for all | 11.3 Plan settlements together | 11.4 Safeguard cultural and natural heritage | 11.5 Fewer losses in disasters | 11.6 Cleaner cities | 11.7 Safe green and public spaces | 11.a Link city and countryside | 11.b Plans for disaster risk | 11.c Sustainable local building
12 Responsible consumption and production
12.1 Programmes for sustainable consumption | 12.2 Use natural resources well | 12.3 Halve food waste | 12.4 Handle chemicals and waste | 12.5 Less waste | 12.6 Companies report on sustainability | 12.7 Sustainable public buying | 12.8 Information for sustainable lives | 12.a Science for sustainable consumption | 12.b Measure sustainable tourism | 12.c No subsidies for fossil fuels
13 Climate action
13.1 Resilience to climate hazards | 13.2 Climate in national policy | 13.3 Knowledge about climate change | 13.a Climate finance | 13.b Capacity for climate planning
14 Life below water
14.1 Less marine pollution | 14.2 Protect coasts and seas | 14.3 Less ocean acidification | 14.4 End overfishing | 14.5 Conserve coastal areas | 14.6 No harmful fishing subsidies | 14.7 Benefits for small islands | 14.a Marine research | 14.b Access for small fishers | 14.c Law of the sea
15 Life on land
15.1 Conserve land and fresh water ecosystems | 15.2 Sustainable forests | 15.3 Stop desertification | 15.4 Conserve mountains | 15.5 Protect biodiversity | 15.6 Share genetic resources fairly | 15.7 End poaching | 15.8 Stop invasive species | 15.9 Nature in planning | 15.a Money for nature | 15.b Money for forests | 15.c Fight wildlife trafficking
16 Peace, justice and strong institutions
16.1 Less violence | 16.2 Protect children | 16.3 Justice for all | 16.4 Fewer illicit flows of money and arms | 16.5 Less corruption | 16.6 Accountable institutions | 16.7 Decisions that include people | 16.8 Developing countries in global bodies | 16.9 Legal identity for all | 16.10 Public access to information | 16.a Institutions against violence | 16.b Laws without discrimination
17 Partnerships for the goals
17.1 Collect domestic revenue | 17.2 Keep aid commitments | 17.3 More sources of finance | 17.4 Sustainable debt | 17.5 Promote investment | 17.6 Share science and knowledge | 17.7 Spread sound technology | 17.8 Use of enabling technology, ICT | 17.9 Build capacity | 17.10 Fair trading system | 17.11 Exports of developing countries | 17.12 Market access | 17.13 Stable world economy | 17.14 Coherent policy | 17.15 Respect for each country’s policy | 17.16 Global partnership | 17.17 Public, private and civil partnerships | 17.18 Better data | 17.19 Measure progress`;

const lines = SOURCE.trim().split('\n');
const split = (text: string): [string, string] => {
	const at = text.trim().indexOf(' ');
	return [text.trim().slice(0, at), text.trim().slice(at + 1)];
};

export const SDG_GOALS: readonly SdgGoal[] = lines
	.filter((_, i) => i % 2 === 0)
	.map(split)
	.map(([id, title]) => ({ id, title }));

export const SDG_TARGETS: readonly SdgTarget[] = lines
	.filter((_, i) => i % 2 === 1)
	.flatMap((line) => line.split(' | '))
	.map(split)
	.map(([id, gist]) => ({ id, goal: id.split('.')[0]!, gist }));

const ids = new Set([...SDG_GOALS, ...SDG_TARGETS].map(({ id }) => id));

/** A target, or a whole goal. */
export const isSdgTarget = (id: string): boolean => ids.has(id);
