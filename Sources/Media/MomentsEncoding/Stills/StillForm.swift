public import MomentsCore

/// How a picture is written.
public struct StillForm: Hashable, Sendable {
    /// How much of it may be lost.
    public enum Fineness: Int, Sendable {
        /// For small pictures.
        case small
        /// For looking at.
        case good
        /// For filling a screen.
        case fine
    }

    /// The format.
    public var format: StillFormat
    /// How much of it may be lost.
    public var fineness: Fineness
    /// What is told of the recording.
    public var capture: CaptureNote?

    /// Makes a form.
    public init(_ format: StillFormat = .jpeg, _ fineness: Fineness = .good, capture: CaptureNote? = nil) {
        self.format = format
        self.fineness = fineness
        self.capture = capture
    }

    /// The quantiser scale of a JPEG, from 2 (finest) to 31.
    var jpegScale: CInt { [5, 4, 3][fineness.rawValue] }

    /// The quality of a WebP, 0–100.
    var webpQuality: CInt { [72, 80, 86][fineness.rawValue] }

    /// libaom's constant rate factor, 0 (finest) to 63.
    var avifFactor: CInt { [34, 29, 24][fineness.rawValue] }
}
