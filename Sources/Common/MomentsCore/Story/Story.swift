/// What is wanted of a clip made from words and pictures: the content of `NAME.story.json`, checked.
public struct Story: Hashable, Codable, Sendable {
    /// What a story's file ends with.
    public static let suffix = ".story.json"

    /// What is sold, where it is a clip of a product.
    public struct Product: Hashable, Codable, Sendable {
        /// Its name.
        public var name: String
        /// What people are asked to do; nil for nothing.
        public var callToAction: String?
        /// A picture of it, below the story's folder.
        public var image: FilePath?

        private enum CodingKeys: String, CodingKey {
            case name
            case callToAction = "cta_text"
            case image
        }

        /// Describes a product.
        public init(name: String, callToAction: String? = nil, image: FilePath? = nil) {
            (self.name, self.callToAction, self.image) = (name, callToAction, image)
        }
    }

    /// The clip's title; nil takes the beginning of what is told.
    public var title: String?
    /// What it tells, in a person's words; empty where shots or a product say it.
    public var prompt: String = ""
    /// The language of what is told.
    public var language = StoryLanguage.english
    /// Whether only the storyboard is wanted, and no pictures.
    public var isPlanOnly = false
    /// Whether a command is asked for the scenes of a concept; nil for templates.
    public var asksPlanner: Bool?
    /// How many shots there are at most.
    public var maxShots = 6
    /// Who makes the shots that name nobody; nil for whoever fits.
    public var generator: String?
    /// The style: pace, motion and words.
    public var style = StyleName.modern
    /// What else is wished of the look, handed to generators.
    public var preferences: [String] = []
    /// Pictures below the story's folder, in their order.
    public var images: [FilePath] = []
    /// A picture of a person or a thing that every shot is to keep to.
    public var reference: FilePath?
    /// What is spoken; nil for nothing.
    public var voice: VoiceOver?
    /// Whether what is spoken is written on the pictures; nil for as the style says.
    public var captions: CaptionMode?
    /// What is sold; nil where nothing is.
    public var product: Product?
    /// The shape of the pictures.
    public var aspect = ReelAspect.screen
    /// The shorter side of the pictures, in pixels.
    public var resolution = 720
    /// The shots as a person wrote them; empty lets the planner find them.
    public var shots: [StoryShot] = []

    private enum CodingKeys: String, CodingKey {
        case title
        case prompt
        case language
        case isPlanOnly = "plan_only"
        case asksPlanner = "planner"
        case maxShots = "max_shots"
        case generator
        case style
        case preferences
        case images
        case reference
        case voice
        case captions
        case product
        case aspect
        case resolution
        case shots
    }

    /// Makes a story of a person's words.
    public init(prompt: String = "") { self.prompt = prompt }

    /// Every picture it names, each once.
    public var pictures: [FilePath] {
        var seen: Set<FilePath> = []
        let all = images + [reference, product?.image].compactMap { $0 } + shots.compactMap(\.image)
        return all.filter { seen.insert($0).inserted }
    }

    /// Whether what is spoken is written on its pictures, in its style.
    public func writesVoice(in style: ClipStyle) -> Bool {
        voice != nil && captions.map { $0 == .burn } ?? style.writesVoice
    }

    /// The size of its pictures, in pixels; even.
    public var size: (width: Int, height: Int) {
        let ratio = aspect.ratio ?? 16.0 / 9
        func even(_ length: Double) -> Int { max(2, Int((length / 2).rounded()) * 2) }
        let short = Double(resolution)
        return ratio >= 1 ? (even(short * ratio), even(short)) : (even(short), even(short / ratio))
    }

    /// The same with every text, and list, cut to what a story can have: it may have been read from what others wrote.
    func cut() -> Story {
        var story = self
        story.title = title?.cut(toBytes: 1000)
        story.prompt = prompt.cut(toBytes: 8000)
        story.generator = generator?.cut(toBytes: 40)
        story.preferences = preferences.prefix(10).map { $0.cut(toBytes: 1000) }
        story.images = Array(images.prefix(Self.mostPictures).filter(Self.isName))
        story.reference = reference.flatMap { Self.isName($0) ? $0 : nil }
        story.voice = voice?.cut()
        story.product = product.map { product in
            Product(
                name: product.name.cut(toBytes: 1000),
                callToAction: product.callToAction?.cut(toBytes: 500),
                image: product.image.flatMap { Self.isName($0) ? $0 : nil }
            )
        }
        story.shots = shots.prefix(Self.mostShots).map { shot in
            var shot = shot
            shot.id = shot.id?.cut(toBytes: 400)
            shot.text = shot.text.cut(toBytes: 2000)
            shot.image = shot.image.flatMap { Self.isName($0) ? $0 : nil }
            shot.generator = shot.generator?.cut(toBytes: 40)
            return shot
        }
        return story
    }

    /// The most shots a person can name.
    public static let mostShots = 60
    /// The most pictures a person can name in one list.
    public static let mostPictures = 30

    private static func isName(_ path: FilePath) -> Bool { path.bytes.count <= 255 }

    /// Whether a name is that of a story's file.
    public static func isStory(_ path: FilePath) -> Bool {
        path.name.hasSuffix(suffix) && path.name.bytes.count > suffix.utf8.count
    }
}
