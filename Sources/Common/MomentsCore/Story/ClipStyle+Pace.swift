extension ClipStyle {
    /// How long a shot without words is, in seconds.
    public var pace: Double {
        switch self {
        case .modern: 4
        case .minimalist: 5
        case .energetic: 2.5
        }
    }

    /// Whether what a voice says is written on the pictures where nobody says otherwise.
    public var writesVoice: Bool { self == .energetic }

    /// How far a picture is zoomed into over a shot, as a factor.
    public var zoom: Double {
        switch self {
        case .modern: 1.14
        case .minimalist: 1.08
        case .energetic: 1.22
        }
    }
}
