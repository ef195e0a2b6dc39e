internal import MomentsCore

/// What the command line asks for.
struct Arguments {
    /// What is to be done.
    enum Action {
        case run
        case check
        case judge
        case version
        case help
    }

    /// A command line that makes no sense.
    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    private(set) var action = Action.run
    private(set) var configuration: FilePath?

    /// Reads the words behind the program's name.
    init(_ words: some Sequence<String>) throws(Mistake) {
        var rest = Array(words)[...]
        while let word = rest.popFirst() {
            switch word {
            case "--config":
                guard let file = rest.popFirst() else { throw Mistake(description: "--config needs a file.") }
                configuration = FilePath(file)
            case let word where word.hasPrefix("--config="): configuration = FilePath(String(word.dropFirst(9)))
            case "--check": action = .check
            case "--judge": action = .judge
            case "--version": action = .version
            case "--help", "-h": action = .help
            default: throw Mistake(description: "'\(Escaping.line(word))' is no option of momentsd.")
            }
        }
    }

    static let usage = """
        momentsd: watches a folder for videos and puts highlights of them into another.

        usage: momentsd [--config FILE] [--check | --judge]

          --config FILE   read this configuration instead of /etc/momentsd/momentsd.conf
          --check         read the configuration, say what is wrong with it and the programs and folders it
                          names, and end
          --judge         run the judge's command ([Judge] Command=) on the standard streams, as
                          momentsd-judge@.service does
          --version       print the version and end
          --help          print this and end

        SIGHUP reads the configuration again; SIGTERM stops the service, and its jobs go on with the next start.
        """
}
