internal import MomentsCore
internal import MomentsSettings

/// The request for another reel, in the keys that the daemon reads.
struct RerenderDraft: Encodable {
    /// What somebody wants otherwise than in the last reel.
    struct Changes {
        /// What must be in the reel.
        let pins: [RequestedRange]
        /// What must not be in it.
        let bans: [RequestedRange]
        /// Whether earlier pins, bans and segments are forgotten.
        let isFresh: Bool

        /// What stays of earlier wishes: what is pinned now was perhaps banned before, and the other way round.
        func kept(_ ranges: [RequestedRange], without others: [RequestedRange]) -> [RequestedRange] {
            isFresh ? [] : ranges.filter { range in !others.contains { $0.start < range.end && range.start < $0.end } }
        }
    }

    /// One shape as such, several as a list.
    private struct AspectWish: Encodable {
        let aspects: [ReelAspect]

        func encode(to encoder: any Encoder) throws {
            var value = encoder.singleValueContainer()
            if aspects.count == 1 { try value.encode(aspects[0]) } else { try value.encode(aspects) }
        }
    }

    private let preset: String?
    private let targetDuration: Double
    private let quality: Quality
    private let aspect: AspectWish
    private let title: String?
    private let segments: [RequestedRange]
    private let pin: [RequestedRange]
    private let ban: [RequestedRange]
    private let want: [String]?
    private let avoid: [String]?
    private let judge: Bool?
    private let marks: MarkPolicy?
    private let productName: String?
    private let style: StyleName?
    private let callToAction: String?
    private let productImage: FilePath?
    private let captions: CaptionMode?
    private let voiceOver: VoiceOver?
    private let language: StoryLanguage?
    private let learn: LearnScope?

    private enum CodingKeys: String, CodingKey {
        case preset
        case targetDuration = "target_duration"
        case quality
        case aspect
        case title
        case segments
        case pin
        case ban
        case want
        case avoid
        case judge
        case marks
        case productName = "product_name"
        case style
        case callToAction = "cta_text"
        case productImage = "product_image"
        case captions
        case voiceOver = "voice_over"
        case language
        case learn
    }

    /// Says all that shaped the last reel and is not usual, with what is to change.
    ///
    /// - Parameters:
    ///   - options: What shaped the last reel.
    ///   - preset: Its preset.
    ///   - changes: What somebody wants otherwise.
    ///   - settings: What is usual.
    init(_ options: JobOptions, preset: String?, _ changes: Changes, _ settings: Settings) {
        // One that is there no more would keep the request from being taken.
        self.preset = preset.flatMap { settings.options(ofPreset: $0) == nil ? nil : $0 }
        targetDuration = options.targetDuration
        quality = options.quality
        aspect = AspectWish(aspects: options.aspects)
        title = options.title
        // A list of segments would leave nothing to choose.
        let keepsSegments = changes.pins.isEmpty && changes.bans.isEmpty && !changes.isFresh
        segments = keepsSegments ? options.segments : []
        pin = changes.kept(options.pin, without: changes.bans) + changes.pins
        ban = changes.kept(options.ban, without: changes.pins) + changes.bans
        want = options.want.isEmpty ? nil : options.want
        avoid = options.avoid.isEmpty ? nil : options.avoid
        // Who was not asked is not asked now.
        judge = options.judge || !settings.judged(settings.options).judge ? nil : false
        let usual = settings.options
        marks = options.marks == usual.marks ? nil : options.marks
        learn = options.learn == usual.learn ? nil : options.learn
        (productName, callToAction) = (options.product?.name, options.product?.callToAction)
        productImage = options.product?.image
        let voice = options.voiceOver
        style = options.product?.style ?? voice.map { _ in options.style }
        // Of a voice the style may say otherwise than the configuration.
        captions = voice == nil && options.captions == usual.captions ? nil : options.captions
        (voiceOver, language) = (voice, voice == nil ? nil : options.language)
    }
}
