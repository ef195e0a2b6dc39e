/// A maker of shots that needs no command.
public enum BuiltInGenerator: String, CaseIterable, Codable, Sendable {
    /// A picture to a moving shot: pan and zoom towards what matters in it.
    case kenBurns = "local:kenburns"
    /// A text to a title.
    case cards = "local:cards"
    /// A text to a shot of finished jobs' footage.
    case archive = "local:archive"
}
