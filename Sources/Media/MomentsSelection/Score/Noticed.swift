public import MomentsCore

/// What is known of a video besides its signals, as curves on the grid of `VisualCurves.interval`: 0 nothing, 1 as much as
/// counts.
public struct Noticed: Hashable, Sendable {
    /// The curves, by what a taste calls them.
    public let curves: [TasteSignal: [Float]]

    /// Nothing is known.
    public static let none = Noticed([:])

    /// Takes curves.
    public init(_ curves: [TasteSignal: [Float]]) { self.curves = curves }
}
