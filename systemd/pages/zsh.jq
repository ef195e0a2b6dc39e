# Turns the table of `moments help --json` into completions for zsh.
def quoted: gsub("'"; "'\\''");
def plain: gsub("(?<mark>[][:\\\\])"; "\\\(.mark)") | quoted;
def action:
    if (.choices | length) > 0 then ":\(.value):(\(.choices | join(" ")))"
    elif .value == "FOLDER" then ":\(.value):_files -/"
    elif .value == "FILE" or .value == "PATH" then ":\(.value):_files"
    elif .value then ":\(.value): "
    else "" end;
def option:
    if .letter then "'(-\(.letter) \(.name))'{-\(.letter),\(.name)}'[\(.text | plain)]\(action | quoted)'"
    else "'\(.name)[\(.text | plain)]\(action | quoted)'" end;
([.commands[].name] | join(" ")) as $names |
"#compdef moments",
"# Completions of moments for zsh; made from moments help --json.",
"_moments() {",
"    local -a commands",
"    commands=(",
(.commands[] | "        '\(.name):\(.purpose | plain)'"),
"    )",
"    if ((CURRENT == 2)); then",
"        _describe command commands",
"        return",
"    fi",
"    local command=$words[2]",
"    shift words",
"    ((CURRENT--))",
"    case $command in",
(.commands[] | "        \(.name))", "            _arguments -s \\", (.options[] | "                \(option) \\"),
    (if .name == "help" then "                '*:command:(\($names))'" else "                '*:file:_files'" end),
    "            ;;"),
"    esac",
"}",
"_moments \"$@\""
