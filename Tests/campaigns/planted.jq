# Holds a highlight.json (the input) against planted events ($truth): how many groups of events were found, of how
# many that fit, recall, precision, seconds of reel. An event without a group is one of its own.
def overlap($a; $b): [0, ([$a.out, $b.end] | min) - ([$a.in, $b.start] | max)] | max;
def thousandths: . * 1000 | round / 1000;

$truth[0].events as $events
| (.target_duration // 30) as $target
| .shots as $shots
| ($shots | map(.out - .in) | add // 0) as $reel
| ($events | map(. as $event | {
    group: (.group // "\(.start)"),
    length: (.end - .start),
    shown: ($shots | map(overlap(.; $event)) | add // 0)
  } | .found = (.shown >= ([1.5, .length / 2] | min) - 0.001))) as $seen
| ($seen | group_by(.group)) as $groups
| ($groups | map(select(any(.[]; .found))) | length) as $found
| ([1, ([($groups | length), ($target / 3 | floor)] | min)] | max) as $possible
| ([$reel, ($seen | map(.length) | add // 0)] | min) as $fillable
| [$found, (if $events == [] then 0 else $possible end),
   (if $events == [] then 1 else [1, $found / $possible] | min end),
   (if $events == [] then 1 elif $fillable > 0 then ($seen | map(.shown) | add) / $fillable else 0 end),
   $reel]
| map(thousandths) | @tsv
