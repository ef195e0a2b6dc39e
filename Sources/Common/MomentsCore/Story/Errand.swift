/// Work that a worker has done by a command, since it may start none itself.
public struct Errand: Hashable, Codable, Sendable {
    /// Which command it is for.
    public enum Kind: String, Codable, Sendable {
        /// Speaks a text: reads it, writes WAV.
        case voice
        /// Makes a shot: reads a `momentsd.generator/1` request, writes a video or pictures.
        case generator
        /// Turns a concept into scenes: reads a `momentsd.planner/1` question, writes the answer.
        case planner
        /// Says what scenes show: reads a `momentsd.describe/1` question, writes the answer.
        case describer
    }

    /// More errands than these no job has.
    public static let most = 400

    /// Which command it is for.
    public let kind: Kind
    /// The generator's name; empty for others.
    public let engine: String
    /// What the command reads: a file in a folder of its own, both below the staging folder.
    public let input: FilePath
    /// Where its work is put: a file in the same folder, which is not there yet.
    public let output: FilePath
    /// The language it is in.
    public let language: StoryLanguage

    /// Describes work.
    public init(_ kind: Kind, engine: String = "", input: FilePath, output: FilePath, language: StoryLanguage) {
        (self.kind, self.engine, self.input, self.output) = (kind, engine, input, output)
        self.language = language
    }
}
