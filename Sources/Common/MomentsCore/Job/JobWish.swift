/// What is wanted of one video: what its request, its folder's preset and the configuration amount to.
public struct JobWish: Hashable, Sendable {
    /// How the result is to be made.
    public var options: JobOptions
    /// The preset in effect, if any.
    public var preset: String?
    /// Whether a person wants no result at all, while the video stays.
    public var isCancelled: Bool

    /// Describes a wish.
    public init(_ options: JobOptions, preset: String? = nil, isCancelled: Bool = false) {
        self.options = options
        self.preset = preset
        self.isCancelled = isCancelled
    }
}
