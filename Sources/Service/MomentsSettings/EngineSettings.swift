public import MomentsCore

/// Whoever makes something of words and pictures.
public struct EngineSettings: Sendable, Hashable {
    /// Who speaks.
    public struct Voice: Sendable, Hashable {
        /// Its command, in words, with `{lang}` for the language: reads text, writes WAV; empty for nobody.
        public var command = ["espeak-ng", "-v", "{lang}", "-s", "155", "--stdout"]
        /// How long it may take for a sentence.
        public var timeout = Duration.seconds(60)
        /// Whether it reaches the network.
        public var network = false
    }

    /// Who turns concepts into scenes.
    public struct Planner: Sendable, Hashable {
        /// Its command, in words: reads a question, writes scenes; empty for templates.
        public var command: [String] = []
        /// How long it may take for a concept.
        public var timeout = Duration.seconds(600)
        /// Whether it reaches the network.
        public var network = false
    }

    /// A maker of shots that is a command.
    public struct Generator: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its command, in words; empty makes it unavailable.
        public var command: [String] = []
        /// How long it may take for a shot.
        public var timeout = Duration.seconds(1800)
        /// How many shots it makes at once.
        public var maxConcurrent = 1
        /// Whether it reaches the network.
        public var network = false
        /// What it makes shots of.
        public var takes: [GeneratorCard.Input] = [.text, .image]
        /// The most pictures of one shot; nil for no limit.
        public var maxFrames: Int?
        /// The pictures a second it is best at.
        public var frameRate = 25
        /// What memory it takes, as people say it; nil where nobody knows.
        public var memory: String?

        /// What is told of it.
        public var card: GeneratorCard {
            GeneratorCard(
                name: name,
                takes: takes,
                maxFrames: maxFrames,
                recommendedRate: frameRate,
                memory: memory,
                unavailable: nil
            )
        }

        /// Names a generator.
        public init(name: String) { self.name = name }

        /// Whether a text can be its name: small letters, digits and ".-_", and none of the built-in ones.
        static func isName(_ text: String) -> Bool {
            (1...40).contains(text.utf8.count)
                && text.utf8.allSatisfy { byte in
                    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || ".-_".utf8.contains(byte)
                }
        }
    }

    /// Who speaks.
    public var voice = Voice()
    /// Who turns concepts into scenes.
    public var planner = Planner()
    /// The makers of shots that are commands, in the order in which they were met.
    public var generators: [Generator] = []

    /// Where a generator stands among all; it is put there where it is new.
    mutating func place(ofGenerator name: String) -> Int {
        if let place = generators.firstIndex(where: { $0.name == name }) { return place }
        generators.append(Generator(name: name))
        return generators.count - 1
    }
}
