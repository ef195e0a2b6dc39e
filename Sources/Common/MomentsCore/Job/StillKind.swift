/// What is made of a video's frames besides thumbnail and poster; each can be switched off.
public enum StillKind: String, CaseIterable, Sendable {
    /// A sheet of small pictures for players' scrub bars.
    case sprite
    /// A short moving picture of the best moments.
    case preview
    /// A sheet of sixteen pictures with their times.
    case contactSheet = "contact_sheet"
    /// A picture of each scene.
    case scenes

    /// The key in the section [Stills] that switches it.
    public var key: String {
        rawValue.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
