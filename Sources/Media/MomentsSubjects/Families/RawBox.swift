/// A box as a network gives it, in pixels of its input.
struct RawBox: Hashable {
    /// The place of its class in the card's list.
    let label: Int
    /// 0…1.
    let confidence: Double
    let x: Double
    let y: Double
    let width: Double
    let height: Double

    /// A box around a centre.
    static func centered(_ label: Int, _ confidence: Float, _ x: Float, _ y: Float, _ width: Float, _ height: Float)
        -> RawBox
    {
        RawBox(
            label: label,
            confidence: Double(confidence),
            x: Double(x - width / 2),
            y: Double(y - height / 2),
            width: Double(width),
            height: Double(height)
        )
    }
}
