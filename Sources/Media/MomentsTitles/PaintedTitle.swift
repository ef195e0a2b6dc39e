public import MomentsCore

/// A painted text, and where in a frame it belongs.
public struct PaintedTitle: Hashable, Sendable {
    /// The picture.
    public let bitmap: Bitmap
    /// The left edge of the picture in the frame, in pixels; even.
    public let x: Int
    /// Its upper edge, in pixels; even.
    public let y: Int
    /// Characters that no font here has; they were left out.
    public let missing: Set<Unicode.Scalar>

    /// Describes a painted text.
    public init(_ bitmap: Bitmap, x: Int, y: Int, missing: Set<Unicode.Scalar> = []) {
        (self.bitmap, self.x, self.y, self.missing) = (bitmap, x, y, missing)
    }

    /// For people: which characters could not be shown, and what to do; nil where all are.
    ///
    /// - Parameter missing: Characters that no font here has.
    /// - Returns: A sentence without the full stop.
    public static func note(on missing: Set<Unicode.Scalar>) -> String? {
        guard !missing.isEmpty else { return nil }
        let names = missing.sorted { $0.value < $1.value }.prefix(12).map { scalar in
            let number = String(scalar.value, radix: 16, uppercase: true)
            let code = "U+" + String(repeating: "0", count: max(0, 4 - number.count)) + number
            return scalar.properties.isEmoji || scalar.properties.isAlphabetic ? "\(code) '\(scalar)'" : code
        }
        let more = missing.count > names.count ? " and \(missing.count - names.count) more" : ""
        return "no font here has \(names.joined(separator: ", "))\(more), which the titles leave out; "
            + "install fonts-noto-core, fonts-noto-cjk and fonts-noto-color-emoji"
    }
}
