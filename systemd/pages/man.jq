# Turns the table of `moments help --json` into the man page moments.1.
def text: gsub("\\\\"; "\\e") | gsub("-"; "\\-") | gsub("(?<start>^|\n)(?<mark>[.'])"; "\(.start)\\&\(.mark)");
# Paragraphs lie between blank lines; one that is indented keeps its lines.
def paragraphs:
    [splits("\n\n+")] | map(select(. != ""))
    | map(if startswith("  ") then ".PP\n.nf\n\(text)\n.fi" else ".PP\n\(text)" end) | join("\n");
def option:
    ".TP\n" + ([(.letter // empty | "\\fB\\-\(.)\\fR"), "\\fB\(.name | text)\\fR"] | join(", "))
    + (if .value then " \\fI\(.value | text)\\fR" else "" end) + "\n\(.text | text)";
def command:
    ".SS \"\(.name) \\(en \(.purpose | text)\"",
    (.name as $name | .forms | to_entries[]
        | (if .key > 0 then ".br\n" else "" end) + "\\fBmoments \($name)\\fR \(.value | text)"),
    (.about | paragraphs), (.options[] | option), (if .notes == "" then empty else .notes | paragraphs end),
    (.examples[] | ".TP\n\\fB\(.head | text)\\fR\n\(.text | text)"),
    (".PP\nExit status: " + ([.exits[] | "\(.head) if \(.text | text)"] | join("; ")) + ".");
".TH MOMENTS 1 \"\($date)\" \"momentsd \(.version)\" \"User Commands\"",
".SH NAME", "moments \\- finds the best moments of videos, and makes highlight reels of them",
".SH SYNOPSIS", "\\fBmoments\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]",
".br", "\\fBmoments\\fR \\fB\\-\\-version\\fR",
".SH DESCRIPTION",
"Does by hand what \\fBmomentsd\\fR(8) does with the videos of a folder, and looks into what that does.",
".SH COMMANDS", (.commands[] | command),
".SH ENVIRONMENT",
".TP\n\\fBMOMENTS_SOCKET\\fR\nThe daemon's status socket, where \\fB\\-\\-socket\\fR is not given.",
".TP\n\\fBMOMENTS_WORKER\\fR\nThe worker's program; by default the \\fBmoments\\-worker\\fR beside this program.",
".TP\n\\fBNO_COLOR\\fR\nIf set and not empty, nothing is shown in colour.",
".TP\n\\fBTMPDIR\\fR\nWhere folders for a short time are made.",
".SH \"SEE ALSO\"", "\\fBmomentsd\\fR(8), \\fBmomentsd.conf\\fR(5), \\fBmomentsd\\-manifest\\fR(5)"
