#!/bin/sh
read -r spec
staging=$(printf '%s' "$spec" | sed 's/.*"staging":"\([^"]*\)".*/\1/')
name=$(printf '%s' "$spec" | sed 's/.*"name":\({[^}]*}\|"\([^"]*\)"\).*/\2/')
# One write, so that two workers that start together do not mix their lines.
printf '%s\n' "$name" >> "starts"
echo "{\"event\":\"started\",\"version\":\"test\",\"pid\":$$}"
echo '{"event":"stage_started","stage":"probe"}'
echo "no event at all"
echo "a complaint" >&2
case "$spec" in
*slow*) while :; do sleep 0.1; done ;;
*crash*) kill -SEGV $$ ;;
*hang*) exec sleep 60 ;;
*pause*) sleep 1 ;;
*lost*)
    while [ -e "$(printf '%s' "$spec" | sed 's/.*"source":"\([^"]*\)".*/\1/')" ]; do sleep 0.1; done
    echo '{"event":"failed","stage":"probe","error":{"error":"ReadFailed","message":"It is not there.","detail":"","transient":true}}'
    exit 1
    ;;
*vanish*)
    while [ -e "$(printf '%s' "$spec" | sed 's/.*"source":"\([^"]*\)".*/\1/')" ]; do sleep 0.02; done
    ;;
*fail*) echo '{"event":"failed","stage":"probe","error":{"error":"NoVideoStream","message":"There is no video in it.","detail":"","transient":false}}'; exit 3 ;;
esac
for share in 0.1 0.2 0.5 0.9; do echo "{\"event\":\"progress\",\"stage\":\"probe\",\"share\":$share}"; done
echo '{"event":"stage_completed","stage":"probe"}'
printf hello > "$staging/highlight.mp4"
echo '{"event":"completed","result":{"outputs":[{"kind":"highlight","path":"highlight.mp4","bytes":5,"sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"}],"input_duration":10,"output_duration":5,"segments_selected":2}}'