# Turns the commented configuration file into the man page momentsd.conf.5. Wants -v date= -v version=
function text(words) { gsub(/\\/, "\\e", words); gsub(/-/, "\\-", words); sub(/^[.']/, "\\\\\\&&", words); return words }
BEGIN {
    printf ".TH MOMENTSD.CONF 5 \"%s\" \"momentsd %s\" \"File Formats\"\n", date, version
    print ".SH NAME\nmomentsd.conf \\- the configuration of momentsd"
    print ".SH SYNOPSIS\n\\fI/etc/momentsd/momentsd.conf\\fR\n.br\n\\fI/etc/momentsd/momentsd.conf.d/*.conf\\fR"
    print ".br\n\\fI/etc/momentsd/presets/NAME.conf\\fR"
    print ".br\n\\fI/etc/momentsd/styles/NAME.conf\\fR\n.SH DESCRIPTION"
}
/^\[/ { flush_keys(); printf ".SH \"%s SECTION\"\n", $0; inside = 1; comment = ""; next }
!inside && /^#/ { sub(/^# ?/, ""); print $0 == "" ? ".PP" : text($0); next }
!inside { next }
/^#[A-Z][A-Za-z]*=/ {
    sub(/^#/, "")
    key = $0; sub(/=.*/, "", key)
    value = $0; sub(/^[^=]*=/, "", value)
    keys[++count] = sprintf("\\fB%s=\\fR%s", key, value == "" ? "" : "\\fI" text(value) "\\fR")
    next
}
/^# ?/ { if (count) flush_keys(); sub(/^# ?/, ""); comment = comment text($0) "\n"; next }
function flush_keys(   i) {
    for (i = 1; i <= count; i++) print (i == 1 ? ".TP\n" : ".TQ\n") keys[i]
    if (count) printf "%s", comment == "" ? "See above.\n" : comment
    count = 0; comment = ""
}
END {
    flush_keys()
    print ".SH \"SEE ALSO\"\n\\fBmomentsd\\fR(8), \\fBmoments\\fR(1)"
}
