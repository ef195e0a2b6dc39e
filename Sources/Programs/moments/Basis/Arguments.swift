internal import MomentsCore

/// A command's words, sorted into options and the rest; words are bytes, since they may name files.
struct Arguments {
    /// A line of words that does not fit the command.
    struct Failure: Error {
        /// What is wrong.
        let reason: String
    }

    /// An option a command knows: a row of its help, its man page and the shells' completions.
    struct Option {
        /// Its name with two dashes.
        let name: String
        /// Its letter with one dash, if it has one.
        let letter: Character?
        /// What its value is called, such as FOLDER; nil where no value follows.
        let value: String?
        /// What it does, for people.
        let text: String
        /// The values it may have, where they are few.
        let choices: [String]

        /// Describes an option.
        init(
            _ name: String,
            letter: Character? = nil,
            value: String? = nil,
            _ text: String,
            of choices: [String] = []
        ) {
            self.name = name
            self.letter = letter
            self.value = value
            self.text = text
            self.choices = choices
        }
    }

    /// The option every command knows.
    static let help = Option("--help", letter: "h", "shows this and ends")

    /// What stands for itself, in its order.
    private(set) var rest: [FilePath] = []
    private var values: [String: FilePath] = [:]

    /// Sorts the words; options may stand anywhere, "--" ends them, "--name=value" and "-oVALUE" work too.
    ///
    /// - Parameters:
    ///   - words: The words behind the command's name.
    ///   - options: What the command knows; `--help` is always known.
    /// - Throws: `Failure` for an unknown option, a missing or a needless value, or an option given twice.
    init(_ words: [FilePath], options: [Option]) throws(Failure) {
        let options = options + [Self.help]
        var words = words[...]
        while let word = words.popFirst() {
            if word == "--" {
                rest += words
                return
            }
            guard word.hasPrefix("-"), word != "-" else {
                rest.append(word)
                continue
            }
            let (name, inlineValue) = Self.parts(of: word)
            guard let option = options.first(where: { $0.name == name || $0.letter.map { "-\($0)" } == name }) else {
                throw Failure(reason: "unknown option '\(Escaping.excerpt(name))'")
            }
            var value = inlineValue
            let hasValue = option.value != nil
            if hasValue && value == nil { value = words.popFirst() }
            guard hasValue == (value != nil) else {
                throw Failure(reason: hasValue ? "\(name) needs a value" : "\(name) takes no value")
            }
            guard values.updateValue(value ?? "", forKey: option.name) == nil else {
                throw Failure(reason: "\(option.name) is there twice")
            }
        }
    }

    /// The value of an option as text; nil where it was not given.
    func value(_ name: String) -> String? { values[name]?.text }

    /// The value of an option as a path; nil where it was not given.
    func path(_ name: String) -> FilePath? { values[name] }

    /// Whether an option was given.
    func has(_ name: String) -> Bool { values[name] != nil }

    /// The same words without an option.
    func without(_ name: String) -> Arguments {
        var others = self
        others.values[name] = nil
        return others
    }

    private static func parts(of word: FilePath) -> (name: String, value: FilePath?) {
        let bytes = word.bytes
        guard word.hasPrefix("--") else {
            let name = FilePath(bytes: bytes.prefix(2)).text
            return (name, bytes.count > 2 ? FilePath(bytes: bytes.dropFirst(2)) : nil)
        }
        guard let sign = bytes.firstIndex(of: UInt8(ascii: "=")) else { return (word.text, nil) }
        return (FilePath(bytes: bytes[..<sign]).text, FilePath(bytes: bytes[(sign + 1)...]))
    }
}
