# Turns `momentsd --help` into the man page momentsd.8. Wants -v date= -v version=
function text(words) { gsub(/\\/, "\\e", words); gsub(/-/, "\\-", words); sub(/^[.']/, "\\\\\\&&", words); return words }
NR == 1 {
    sub(/^momentsd: /, "")
    sub(/\.$/, "")
    printf ".TH MOMENTSD 8 \"%s\" \"momentsd %s\" \"System Administration\"\n", date, version
    printf ".SH NAME\nmomentsd \\- %s\n.SH SYNOPSIS\n", text($0)
    next
}
/^usage: / { sub(/^usage: /, ""); print "\\fB" text($1) "\\fR" text(substr($0, length($1) + 1)); next }
/^  --/ {
    if (!options++) print ".SH OPTIONS"
    sub(/^ +/, "")
    gap = match($0, /  +/)
    printf ".TP\n\\fB%s\\fR\n%s\n", text(substr($0, 1, gap - 1)), text(substr($0, gap + RLENGTH))
    next
}
/^ / { sub(/^ +/, ""); print text($0); next }
/^$/ { next }
options && !described++ { print ".SH DESCRIPTION" }
{ print text($0) }
END {
    print ".SH \"EXIT STATUS\""
    print ".TP\n0\nIt was told to stop, or what was asked for was done."
    print ".TP\n1\nSomething went wrong that may be over at the next start."
    print ".TP\n2\nThe words were wrong."
    print ".TP\n78\nThe configuration cannot be obeyed; the journal says where and why."
    print ".SH FILES"
    print ".TP\n\\fI/etc/momentsd/momentsd.conf\\fR\nThe configuration, see \\fBmomentsd.conf\\fR(5)."
    print ".TP\n\\fI/srv/momentsd/inbox\\fR\nWhere people drop videos."
    print ".TP\n\\fI/srv/momentsd/outbox\\fR\nWhere results appear."
    print ".TP\n\\fI/var/lib/momentsd\\fR\nWhat the service keeps for itself."
    print ".TP\n\\fI/run/momentsd/status.sock\\fR\nThe socket that answers questions, see \\fBmoments\\fR(1)."
    print ".TP\n\\fI/usr/share/momentsd/examples/\\fR\nExamples for Samba, NFS, SFTP, Syncthing, hooks and monitoring."
    print ".TP\n\\fI/usr/share/doc/momentsd/\\fR\nREADME."
    print ".SH \"JOURNAL FIELDS\""
    print "\\fBMESSAGE_ID\\fR (with a text for \\fBjournalctl \\-x\\fR), \\fBMOMENTS_JOB\\fR (the job's identifier),"
    print "\\fBMOMENTS_SOURCE\\fR (the video, relative to the inbox), \\fBMOMENTS_STAGE\\fR and \\fBMOMENTS_ERROR\\fR."
    print ".SH \"SEE ALSO\"\n\\fBmoments\\fR(1), \\fBmomentsd.conf\\fR(5), \\fBmomentsd\\-manifest\\fR(5), \\fBsystemctl\\fR(1)"
}
