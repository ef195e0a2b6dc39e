/// Everything that shapes a result, with every value resolved; the manifest's `config`.
public struct JobOptions: Hashable, Codable, Sendable {
    /// How long the reel should be, in seconds; positive.
    public var targetDuration: Double
    /// Whether the reel is filled with the next best, or holds only what stands out.
    public var length: ReelLength
    /// The shapes it is made in, each once and at least one: the first is the reel's, every further one is a file beside it.
    public var aspects = [ReelAspect.source]
    /// How the reel is encoded.
    public var quality: Quality
    /// How much is decoded to find the moments.
    public var analysis: AnalysisMode
    /// Whether a judge is asked, who looks at stills of the video.
    public var judge = false
    /// Whether a command writes down what is said, where no subtitles do.
    public var transcribe = false
    /// What marks count for that were set while recording.
    public var marks = MarkPolicy.trust
    /// From whose edits the choice learns.
    public var learn = LearnScope.folder
    /// The loudness the reel is brought to, in LUFS (−70…−5); nil leaves the levels alone.
    public var loudness: Double?
    /// How one shot gives way to the next.
    public var transition: ReelTransition
    /// What becomes of HDR frames that are encoded.
    public var hdr: HDRMode
    /// Whether the reel begins with a card that shows its title.
    public var titleCard: Bool
    /// The line on a card at the reel's end; nil for no card.
    public var endCard: String?
    /// What is shown of a product; nil for a reel of none.
    public var product: ProductOptions?
    /// How a product clip looks that names no style.
    public var style = StyleName.modern
    /// Whether what is said is written on the pictures.
    public var captions = CaptionMode.off
    /// Whether each shot is also written as a file of its own.
    public var separateShots: Bool
    /// Whether a table of every second says why the choice is what it is.
    public var explain: Bool
    /// A title for the reel and the report; nil takes the file's name.
    public var title: String?
    /// Exactly these segments make the reel, in this order; empty lets the analysis choose.
    public var segments: [RequestedRange]
    /// Segments that must be in the reel.
    public var pin: [RequestedRange]
    /// Segments of which no frame may be in the reel.
    public var ban: [RequestedRange]
    /// What people want to see of it, in their words; empty leaves that to the analysis.
    public var want: [String] = []
    /// What they do not want to see.
    public var avoid: [String] = []
    /// How one reel is made of all videos of a folder; nil for a reel of one video.
    public var album: AlbumOptions?
    /// What a source may be.
    public var limits: Limits
    /// Which pictures are made beside the reel.
    public var stills = StillOptions()
    /// What is written beside the reel for editors, players and people.
    public var exports = ExportOptions()
    /// What is done about the people, faces and objects in it.
    public var subjects = SubjectOptions()
    /// What is made from words and pictures; nil for the highlights of a video.
    public var story: Story?
    /// What a voice says over the highlights of a video; nil for nothing.
    public var voiceOver: VoiceOver?
    /// The language of what it says.
    public var language = StoryLanguage.english

    private enum CodingKeys: String, CodingKey {
        case targetDuration = "target_duration"
        case length
        case aspect
        case furtherAspects = "further_aspects"
        case quality
        case analysis
        case judge
        case transcribe
        case marks
        case learn
        case loudness
        case transition
        case hdr
        case titleCard = "title_card"
        case endCard = "end_card"
        case product
        case style
        case captions
        case separateShots = "shots"
        case explain
        case title
        case segments
        case pin
        case ban
        case want
        case avoid
        case album
        case limits
        case stills
        case exports
        case subjects
        case story
        case voiceOver = "voice_over"
        case language
    }

    /// Makes options; without arguments the built-in defaults.
    public init(
        targetDuration: Double = 30,
        length: ReelLength = .fill,
        quality: Quality = .auto,
        analysis: AnalysisMode = .auto,
        loudness: Double? = -16,
        transition: ReelTransition = .cut,
        hdr: HDRMode = .tonemap,
        titleCard: Bool = false,
        endCard: String? = nil,
        separateShots: Bool = false,
        explain: Bool = false,
        title: String? = nil,
        segments: [RequestedRange] = [],
        pin: [RequestedRange] = [],
        ban: [RequestedRange] = [],
        limits: Limits = Limits()
    ) {
        self.targetDuration = targetDuration
        self.length = length
        self.quality = quality
        self.analysis = analysis
        self.loudness = loudness
        self.transition = transition
        self.hdr = hdr
        self.titleCard = titleCard
        self.endCard = endCard
        self.separateShots = separateShots
        self.explain = explain
        self.title = title
        self.segments = segments
        self.pin = pin
        self.ban = ban
        self.limits = limits
    }

    /// Reads options; a key that an older version did not write has its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        if values.contains(.targetDuration) {
            targetDuration = try values.number(forKey: .targetDuration, in: 0...1e9)
        }
        length = try values.decodeIfPresent(ReelLength.self, forKey: .length) ?? length
        let first = try values.decodeIfPresent(ReelAspect.self, forKey: .aspect) ?? .source
        aspects = ReelAspect.distinct(
            [first] + (try values.decodeIfPresent([ReelAspect].self, forKey: .furtherAspects) ?? [])
        )
        quality = try values.decodeIfPresent(Quality.self, forKey: .quality) ?? quality
        analysis = try values.decodeIfPresent(AnalysisMode.self, forKey: .analysis) ?? analysis
        judge = try values.decodeIfPresent(Bool.self, forKey: .judge) ?? judge
        transcribe = try values.decodeIfPresent(Bool.self, forKey: .transcribe) ?? transcribe
        marks = try values.decodeIfPresent(MarkPolicy.self, forKey: .marks) ?? marks
        learn = try values.decodeIfPresent(LearnScope.self, forKey: .learn) ?? learn
        // Written as null where the levels are left alone, so that only a missing key means the default.
        if values.contains(.loudness) { loudness = try values.decode(Double?.self, forKey: .loudness) }
        transition = try values.decodeIfPresent(ReelTransition.self, forKey: .transition) ?? transition
        hdr = try values.decodeIfPresent(HDRMode.self, forKey: .hdr) ?? hdr
        titleCard = try values.decodeIfPresent(Bool.self, forKey: .titleCard) ?? titleCard
        endCard = try values.decodeIfPresent(String.self, forKey: .endCard)
        product = try values.decodeIfPresent(ProductOptions.self, forKey: .product)
        style = try values.decodeIfPresent(StyleName.self, forKey: .style) ?? style
        captions = try values.decodeIfPresent(CaptionMode.self, forKey: .captions) ?? captions
        separateShots = try values.decodeIfPresent(Bool.self, forKey: .separateShots) ?? separateShots
        explain = try values.decodeIfPresent(Bool.self, forKey: .explain) ?? explain
        title = try values.decodeIfPresent(String.self, forKey: .title)
        segments = try values.decodeIfPresent([RequestedRange].self, forKey: .segments) ?? []
        pin = try values.decodeIfPresent([RequestedRange].self, forKey: .pin) ?? []
        ban = try values.decodeIfPresent([RequestedRange].self, forKey: .ban) ?? []
        want = try values.decodeIfPresent([String].self, forKey: .want) ?? []
        avoid = try values.decodeIfPresent([String].self, forKey: .avoid) ?? []
        album = try values.decodeIfPresent(AlbumOptions.self, forKey: .album)
        limits = try values.decodeIfPresent(Limits.self, forKey: .limits) ?? limits
        stills = try values.decodeIfPresent(StillOptions.self, forKey: .stills) ?? stills
        exports = try values.decodeIfPresent(ExportOptions.self, forKey: .exports) ?? exports
        subjects = try values.decodeIfPresent(SubjectOptions.self, forKey: .subjects) ?? subjects
        story = try values.decodeIfPresent(Story.self, forKey: .story)
        voiceOver = try values.decodeIfPresent(VoiceOver.self, forKey: .voiceOver)
        language = try values.decodeIfPresent(StoryLanguage.self, forKey: .language) ?? language
    }

    /// Writes every key, those without a value as null.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(targetDuration, forKey: .targetDuration)
        try values.encode(length, forKey: .length)
        try values.encode(aspect, forKey: .aspect)
        if aspects.count > 1 { try values.encode(Array(aspects.dropFirst()), forKey: .furtherAspects) }
        try values.encode(quality, forKey: .quality)
        try values.encode(analysis, forKey: .analysis)
        try values.encode(judge, forKey: .judge)
        try values.encode(transcribe, forKey: .transcribe)
        try values.encode(marks, forKey: .marks)
        try values.encode(learn, forKey: .learn)
        try values.encode(loudness, forKey: .loudness)
        try values.encode(transition, forKey: .transition)
        try values.encode(hdr, forKey: .hdr)
        try values.encode(titleCard, forKey: .titleCard)
        try values.encode(endCard, forKey: .endCard)
        try values.encode(product, forKey: .product)
        try values.encode(style, forKey: .style)
        try values.encode(captions, forKey: .captions)
        try values.encode(separateShots, forKey: .separateShots)
        try values.encode(explain, forKey: .explain)
        try values.encode(title, forKey: .title)
        try values.encode(segments, forKey: .segments)
        try values.encode(pin, forKey: .pin)
        try values.encode(ban, forKey: .ban)
        try values.encode(want, forKey: .want)
        try values.encode(avoid, forKey: .avoid)
        try values.encodeIfPresent(album, forKey: .album)
        try values.encode(limits, forKey: .limits)
        try values.encode(stills, forKey: .stills)
        try values.encode(exports, forKey: .exports)
        try values.encode(subjects, forKey: .subjects)
        // Of the few jobs that have them.
        try values.encodeIfPresent(story, forKey: .story)
        try values.encodeIfPresent(voiceOver, forKey: .voiceOver)
        if voiceOver != nil { try values.encode(language, forKey: .language) }
    }
}
