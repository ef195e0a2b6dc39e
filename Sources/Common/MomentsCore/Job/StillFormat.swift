/// The format of single pictures.
public enum StillFormat: String, CaseIterable, Codable, Sendable {
    /// Shown by everything.
    case jpeg
    /// A third smaller; shown by every browser.
    case webp
    /// Half as large; shown by browsers of this decade, and slow to make.
    case avif

    /// What names of files end in, without a dot.
    public var fileExtension: String { self == .jpeg ? "jpg" : rawValue }
}
