# Turns the table of `moments help --json` into completions for fish.
def quoted: gsub("(?<mark>['\\\\])"; "\\\(.mark)");
"# Completions of moments for fish; made from moments help --json.",
"complete -c moments -n __fish_use_subcommand -f",
(.commands[] | "complete -c moments -n __fish_use_subcommand -a \(.name) -d '\(.purpose | quoted)'"),
(.commands[] | .name as $name | .options[]
    | "complete -c moments -n '__fish_seen_subcommand_from \($name)'"
      + (if .letter then " -s \(.letter)" else "" end) + " -l \(.name | ltrimstr("--"))"
      + (if (.choices | length) > 0 then " -x -a '\(.choices | join(" "))'"
         elif .value == "FOLDER" then " -x -a '(__fish_complete_directories)'"
         elif .value == "FILE" or .value == "PATH" then " -r -F"
         elif .value then " -x"
         else "" end)
      + " -d '\(.text | quoted)'"),
"complete -c moments -n '__fish_seen_subcommand_from help' -f -a '\([.commands[].name] | join(" "))'"
