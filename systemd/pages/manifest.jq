# Turns the JSON Schema of the manifest into the man page momentsd-manifest.5.
def text: gsub("\\\\"; "\\e") | gsub("-"; "\\-") | gsub("(?<start>^|\n)(?<mark>[.'])"; "\(.start)\\&\(.mark)");
def kind:
    if .const then "\"\(.const)\""
    elif .enum then "one of " + (.enum | map(tostring) | join(", "))
    else (.type // "string" | if type == "array" then join(" or ") else . end) end;
def entry: ".TP\n\\fB\(.key | text)\\fR\n" + ([.value.description // empty, "(\(.value | kind))"] | map(text) | join("\n"));
".TH MOMENTSD\\-MANIFEST 5 \"\($date)\" \"momentsd \($version)\" \"File Formats\"",
".SH NAME", "momentsd\\-manifest \\- what momentsd knows of a video, NAME.moments.json",
".SH DESCRIPTION",
"Beside each video of its inbox, \\fBmomentsd\\fR(8) keeps a manifest, a JSON object in UTF\\-8. It is replaced as a",
"whole at each change of status or stage, and only read by others. A copy lies in each result's folder.",
".SH FIELDS", (.properties | to_entries[] | entry,
    (select(.value.properties) | ".RS", (.value.properties | to_entries[] | entry), ".RE")),
".SH FILES",
".TP\n\\fI/usr/share/momentsd/examples/schemas/\\fR\nThis format, and those of all other files, as JSON Schemas.",
".SH \"SEE ALSO\"", "\\fBmomentsd\\fR(8), \\fBmoments\\fR(1), \\fBmomentsd.conf\\fR(5)"
