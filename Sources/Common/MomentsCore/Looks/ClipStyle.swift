/// How a product clip or a story looks, moves and sounds: the values of one style, with nothing left to look up.
public struct ClipStyle: Hashable, Codable, Sendable {
    /// What it is called.
    public var name: StyleName
    /// Whose sentences it says, and whose movements it makes.
    public var flavour: ClipFlavour
    /// Letters, colours and shapes.
    public var look: ClipLook
    /// How one shot gives way to the next where nobody chose.
    public var transition: ReelTransition
    /// The pace of footage: how long a shot may be, in seconds.
    public var longestShot: Double
    /// The pace of pictures: how long a shot without words is, in seconds.
    public var stillShot: Double
    /// How far a picture is zoomed into over a shot, as a factor.
    public var zoom: Double
    /// Whether what a voice says is written on the pictures where nobody says otherwise.
    public var writesVoice: Bool
    /// How far a clip's own sound is taken back while a voice speaks, in dB.
    public var ducking: Double

    private enum CodingKeys: String, CodingKey {
        case name = "style"
        case flavour
        case look
        case transition
        case longestShot = "longest_shot"
        case stillShot = "still_shot"
        case zoom
        case writesVoice = "writes_voice"
        case ducking
    }
}
