# Turns the table of `moments help --json` into completions for bash.
"# Completions of moments for bash; made from moments help --json.",
"_moments() {",
"    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]:-}",
"    COMPREPLY=()",
"    if ((COMP_CWORD == 1)); then",
"        mapfile -t COMPREPLY < <(compgen -W \"\([.commands[].name] + ["--help", "--version"] | join(" "))\" -- \"$word\")",
"        return",
"    fi",
"    case $command,$before in",
(.commands[] | .name as $name | .options[] | select(.value)
    | ([.name, (.letter // empty | "-\(.)")] | map("\($name),\(.)") | join("|")) as $case
    | if (.choices | length) > 0 then
        "        \($case)) mapfile -t COMPREPLY < <(compgen -W \"\(.choices | join(" "))\" -- \"$word\"); return ;;"
      elif .value == "FOLDER" then
        "        \($case)) mapfile -t COMPREPLY < <(compgen -d -- \"$word\"); return ;;"
      elif .value == "FILE" or .value == "PATH" then
        "        \($case)) mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); return ;;"
      else "        \($case)) return ;;" end),
"    esac",
"    local options=",
"    case $command in",
(.commands[] | "        \(.name)) options=\"\([.options[].name] | join(" "))\" ;;"),
"    esac",
"    if [[ $word == -* ]]; then",
"        mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")",
"    elif [[ $command == help ]]; then",
"        mapfile -t COMPREPLY < <(compgen -W \"\([.commands[].name] | join(" "))\" -- \"$word\")",
"    else",
"        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")",
"    fi",
"}",
"complete -o filenames -F _moments moments"
