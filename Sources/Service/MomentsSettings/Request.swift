internal import MomentsCore

/// What a person wants of one video: the content of `NAME.request.json`, checked.
struct Request: Hashable, Sendable {
    /// The largest request that is read, in bytes.
    static let largest = 1 << 20
    /// How many stretches one list may hold.
    static let mostRanges = 1000
    /// The latest moment a stretch may name, in seconds.
    static let latest = 1_000_000.0

    var targetDuration: Double?
    var quality: Quality?
    var aspects: [ReelAspect]?
    var preset: String?
    var title: String?
    var segments: [RequestedRange] = []
    var pin: [RequestedRange] = []
    var ban: [RequestedRange] = []
    /// What is wanted to be seen, and what is not.
    var want: [String]?
    var avoid: [String]?
    /// What is shown of a product.
    var product = ProductRequest()
    /// Whether what is said is written on the pictures.
    var captions: CaptionMode?
    /// Whether a judge is asked, where there is one.
    var judge: Bool?
    /// What marks count for.
    var marks: MarkPolicy?
    /// From whose edits the choice learns.
    var learn: LearnScope?
    /// What is wanted of a reel of all videos of a folder.
    var order: AlbumOptions.Order?
    var maxPerVideo: Int?
    var singles: Bool?
    /// Whether the photos of an album's folder are in it.
    var photos: Bool?
    /// What a voice says over the reel, and in which language.
    var voiceOver: VoiceOver?
    var language: StoryLanguage?
    /// Whether no result is wanted, while the video stays.
    var isCancelled = false

    /// Reads a request; every key may be missing or null.
    ///
    /// - Parameter bytes: The file's content.
    /// - Throws: `JobError` of kind `invalidRequest`, naming the key, its value and what is allowed.
    init(parsing bytes: [UInt8]) throws(JobError) {
        guard bytes.count <= Self.largest else { throw Self.invalid("the request is larger than 1 MiB") }
        let value: JSONValue
        do { value = try JSONParser.parse(bytes) } catch {
            throw Self.invalid("the request is not JSON: line \(error.line): \(error.reason)")
        }
        guard case .object(let members) = value else {
            throw Self.invalid("the request must be one JSON object, such as {\"target_duration\": 45}")
        }
        var seen: Set<[UInt8]> = []
        for member in members {
            guard seen.insert(Array(member.key.utf8)).inserted else {
                throw Self.invalid("the request's key \"\(Escaping.excerpt(member.key))\" is there twice")
            }
            try take(member)
        }
        let refused = pin.first { pin in ban.contains { $0.start <= pin.start && pin.end <= $0.end } }
        if let refused {
            throw Self.invalid(
                "\"pin\" asks for \(refused.start)–\(refused.end) s, all of which \"ban\" forbids; take it out of one of them"
            )
        }
    }

    private mutating func take(_ member: JSONValue.Member) throws(JobError) {
        let isNull = member.value == .null
        switch member.key {
        case "target_duration": targetDuration = isNull ? nil : try Self.duration(member)
        case "quality": quality = isNull ? nil : try Self.quality(member)
        case "aspect": aspects = isNull ? nil : try Self.aspects(member)
        case "preset": preset = isNull ? nil : try Self.preset(member)
        case "title": title = isNull ? nil : try Self.title(member)
        case "segments": segments = isNull ? [] : try Self.ranges(member)
        case "pin": pin = isNull ? [] : try Self.ranges(member)
        case "ban": ban = isNull ? [] : try Self.ranges(member)
        case "want": want = isNull ? nil : try Self.wishes(member)
        case "avoid": avoid = isNull ? nil : try Self.wishes(member)
        case "judge": judge = isNull ? nil : try Self.onOff(member)
        case "marks": marks = isNull ? nil : try Self.marks(member)
        case "learn": learn = isNull ? nil : try Self.learn(member)
        case "order": order = isNull ? nil : try Self.order(member)
        case "max_per_video": maxPerVideo = isNull ? nil : try Self.count(member)
        case "photos": photos = isNull ? nil : try Self.onOff(member)
        case "singles": singles = isNull ? nil : try Self.onOff(member)
        case "voice_over": voiceOver = isNull ? nil : try StoryRequest.voice(member)
        case "language": language = isNull ? nil : try StoryRequest.choice(member)
        case "cancel": isCancelled = isNull ? false : try Self.onOff(member)
        case "captions": captions = isNull ? nil : try Self.captions(member)
        default:
            if try product.take(member) { return }
            throw Self.invalid(
                "the request's key \"\(Escaping.excerpt(member.key))\" with the value "
                    + "\(Escaping.excerpt(member.value.text)) is not known; allowed are target_duration, quality, "
                    + "aspect, preset, title, segments, pin, ban, want, avoid, judge, marks, learn, product_name, style, "
                    + "cta_text, product_image, captions, voice_over, language, cancel, and for an album order, "
                    + "max_per_video, singles, photos"
            )
        }
    }

    private static func duration(_ member: JSONValue.Member) throws(JobError) -> Double {
        guard let seconds = number(member.value, Units.seconds), (1...86400).contains(seconds) else {
            throw refused(member, allowed: "seconds from 1 to 86400, or a time such as \"45s\" or \"2min\"")
        }
        return seconds
    }

    private static func onOff(_ member: JSONValue.Member) throws(JobError) -> Bool {
        guard case .bool(let isOn) = member.value else { throw refused(member, allowed: "true or false") }
        return isOn
    }

    private static func quality(_ member: JSONValue.Member) throws(JobError) -> Quality {
        guard case .string(let text) = member.value, let quality = Quality(rawValue: text) else {
            throw refused(member, allowed: Quality.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))
        }
        return quality
    }

    private static func aspects(_ member: JSONValue.Member) throws(JobError) -> [ReelAspect] {
        let names = texts(member.value)
        guard let aspects = names.flatMap({ ReelAspect.list($0) }) else {
            let each = ReelAspect.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            throw refused(member, allowed: "one of \(each), or a list of them, each once")
        }
        return aspects
    }

    /// One text, or a list of nothing else; nil for anything else.
    private static func texts(_ value: JSONValue) -> [String]? {
        switch value {
        case .string(let text): return [text]
        case .array(let values):
            let texts = values.compactMap { if case .string(let text) = $0 { text } else { nil } }
            return texts.count == values.count ? texts : nil
        default: return nil
        }
    }

    private static func marks(_ member: JSONValue.Member) throws(JobError) -> MarkPolicy {
        guard case .string(let text) = member.value, let marks = MarkPolicy(rawValue: text) else {
            throw refused(member, allowed: MarkPolicy.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))
        }
        return marks
    }

    private static func captions(_ member: JSONValue.Member) throws(JobError) -> CaptionMode {
        guard case .string(let text) = member.value, let captions = CaptionMode(rawValue: text) else {
            throw refused(member, allowed: CaptionMode.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))
        }
        return captions
    }

    private static func learn(_ member: JSONValue.Member) throws(JobError) -> LearnScope {
        guard case .string(let text) = member.value, let scope = LearnScope(rawValue: text) else {
            throw refused(member, allowed: LearnScope.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))
        }
        return scope
    }

    private static func order(_ member: JSONValue.Member) throws(JobError) -> AlbumOptions.Order {
        guard case .string(let text) = member.value, let order = AlbumOptions.Order(rawValue: text) else {
            throw refused(member, allowed: "\"time\" or \"best\"")
        }
        return order
    }

    private static func count(_ member: JSONValue.Member) throws(JobError) -> Int {
        guard case .number(let text) = member.value, let count = Int(text), (1...1000).contains(count) else {
            throw refused(member, allowed: "a whole number from 1 to 1000")
        }
        return count
    }

    private static func preset(_ member: JSONValue.Member) throws(JobError) -> String {
        guard case .string(let text) = member.value, !text.isEmpty else {
            throw refused(member, allowed: "the name of a preset")
        }
        return text
    }

    private static func title(_ member: JSONValue.Member) throws(JobError) -> String? {
        guard case .string(let text) = member.value, text.count <= 200, text.utf8.count <= 2000,
            Escaping.line(text).utf8.elementsEqual(text.utf8)
        else { throw refused(member, allowed: "one line of at most 200 characters without control characters") }
        return text.isEmpty ? nil : text
    }

    private static func wishes(_ member: JSONValue.Member) throws(JobError) -> [String] {
        guard let texts = texts(member.value), texts.allSatisfy(Wishes.isWish), texts.count <= Wishes.most else {
            throw refused(member, allowed: "\(Wishes.allowed), such as \"goals and cheering\", or a list of them")
        }
        return texts
    }

    private static func ranges(_ member: JSONValue.Member) throws(JobError) -> [RequestedRange] {
        guard case .array(let values) = member.value, values.count <= mostRanges else {
            throw refused(
                member,
                allowed: "a list of at most \(mostRanges) stretches, each {\"in\": 12.5, \"out\": 20}"
            )
        }
        var ranges: [RequestedRange] = []
        for value in values {
            guard let range = range(value) else {
                let entry = JSONValue.Member(key: "\(member.key)[\(ranges.count)]", value: value)
                throw refused(
                    entry,
                    allowed:
                        "{\"in\": 12.5, \"out\": 20}, [12.5, 20] or {\"in\": \"00:00:12.500\", \"out\": \"00:00:20\"},"
                        + " in before out, from 0 to \(Int(latest)) seconds"
                )
            }
            ranges.append(range)
        }
        return ranges
    }

    private static func range(_ value: JSONValue) -> RequestedRange? {
        let ends: (JSONValue, JSONValue)
        switch value {
        case .array(let pair) where pair.count == 2: ends = (pair[0], pair[1])
        case .object(let members) where members.count == 2:
            guard let start = members.first(where: { $0.key == "in" })?.value,
                let end = members.first(where: { $0.key == "out" })?.value
            else { return nil }
            ends = (start, end)
        default: return nil
        }
        guard let start = moment(ends.0), let end = moment(ends.1), start < end else { return nil }
        return RequestedRange(start: start, end: end)
    }

    private static func moment(_ value: JSONValue) -> Double? {
        number(value, Units.clock).flatMap { (0...latest).contains($0) ? $0 : nil }
    }

    /// A number as such, or in words that are read so.
    private static func number(_ value: JSONValue, _ read: (String) -> Double?) -> Double? {
        switch value {
        case .number(let text): Double(text)
        case .string(let text): read(text)
        default: nil
        }
    }

    private static func refused(_ member: JSONValue.Member, allowed: String) -> JobError {
        invalid(
            "the request's \"\(Escaping.excerpt(member.key))\" cannot be \(Escaping.excerpt(member.value.text)); "
                + "allowed is \(allowed)"
        )
    }

    private static func invalid(_ reason: String) -> JobError {
        JobError(.invalidRequest, reason + "; correct the request file and save it again")
    }
}
