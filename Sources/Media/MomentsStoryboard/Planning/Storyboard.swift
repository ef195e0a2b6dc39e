public import MomentsCore

/// A clip's shots, each with all that is needed to make it: the content of `storyboard.json`.
///
/// It can be edited and saved as the request: its keys are a story's.
public struct Storyboard: Hashable, Codable, Sendable {
    /// The schema's name.
    public static let schema = "momentsd.storyboard/1"

    /// The longest clip, in seconds.
    public static let longest = 600.0

    /// One shot.
    public struct Shot: Hashable, Codable, Sendable {
        /// What it is called; no two have the same.
        public var id: String
        /// What is told in it; empty for nothing.
        public var text: String
        /// How long it is, in seconds.
        public var duration: Double
        /// Its picture, below the story's folder; nil for none.
        public var image: FilePath?
        /// How the picture moves.
        public var motion: ShotMotion
        /// Who makes it.
        public var generator: String
        /// Its file in the result; nil where none was made.
        public var file: String?
        /// What it was made of, as a digest.
        public var key: String?

        /// Describes a shot that is not made yet.
        public init(
            id: String,
            text: String,
            duration: Double,
            image: FilePath?,
            motion: ShotMotion,
            generator: String
        ) {
            (self.id, self.text, self.duration) = (id, text, duration)
            (self.image, self.motion, self.generator) = (image, motion, generator)
        }
    }

    /// The schema this was written under.
    public var schema: String
    /// The clip's title.
    public var title: String
    /// What it tells; left out where shots or a product say it.
    public var prompt: String?
    /// The language of its texts.
    public var language: StoryLanguage
    /// The style.
    public var style: StyleName
    /// What else is wished of the look.
    public var preferences: [String]?
    /// A picture every shot is to keep to.
    public var reference: FilePath?
    /// What is spoken.
    public var voice: VoiceOver?
    /// Whether that is written on the pictures; nil for as the style says.
    public var captions: CaptionMode?
    /// The shape of the pictures.
    public var aspect: ReelAspect
    /// Their shorter side, in pixels.
    public var resolution: Int
    /// The shots, in their order.
    public var shots: [Shot]

    private enum CodingKeys: String, CodingKey {
        case schema
        case title
        case prompt = "user_prompt"
        case language
        case style
        case preferences = "style_preferences"
        case reference = "reference_picture"
        case voice = "voice_over"
        case captions
        case aspect
        case resolution
        case shots
    }

    /// Makes the storyboard of a story.
    init(_ story: Story, title: String, shots: [Shot]) {
        schema = Self.schema
        self.title = title
        prompt = story.prompt.isEmpty ? nil : story.prompt
        (language, style) = (story.language, story.style)
        preferences = story.preferences.isEmpty ? nil : story.preferences
        // What is sold is what every shot is to keep to, where nothing else is named.
        (reference, voice) = (story.reference ?? story.product?.image, story.voice)
        captions = story.captions
        (aspect, resolution) = (story.aspect, story.resolution)
        self.shots = shots
    }

    /// How long it is, in seconds.
    public var duration: Double { shots.reduce(0) { $0 + $1.duration } }
}
