/// How long a shot may be, in seconds.
enum ShotLength {
    /// Less of a moment is a stumble.
    static let shortest = 1.2
    /// More of one moment is rather two.
    static let longest = 10.0
}
