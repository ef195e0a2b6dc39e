internal import MomentsCore

/// What a person wants of a clip made from words and pictures: the content of `NAME.story.json`, and of the storyboard
/// that is saved as its request; checked, each field against its own limit.
struct StoryRequest {
    /// The largest story that is read, in bytes.
    static let largest = 1 << 20
    /// The longest clip, in seconds.
    static let longestClip = 600.0

    private(set) var story: Story
    /// The preset that is named.
    private(set) var preset: String?
    /// Whether no result is wanted, while the file stays.
    private(set) var isCancelled = false
    private var hasPrompt = false
    private var hasConcept = false
    /// Whether any of the files has one.
    private var hadConcept = false
    private var scenes: Int?
    private let generators: Set<String>

    /// Begins with a flavour and a shape that nobody has chosen yet.
    ///
    /// - Parameters:
    ///   - story: What is taken where a story says nothing.
    ///   - generators: The makers of shots there are.
    init(over story: Story, generators: Set<String>) { (self.story, self.generators) = (story, generators) }

    /// Takes a file's content over what was taken before.
    ///
    /// - Parameters:
    ///   - bytes: The content.
    ///   - what: "story" or "request", for messages.
    /// - Throws: `JobError` of kind `invalidRequest`, naming the key, its value and what is allowed.
    mutating func take(_ bytes: [UInt8], as what: String) throws(JobError) {
        guard bytes.count <= Self.largest else { throw Self.invalid("the \(what) is larger than 1 MiB", key: "") }
        let value: JSONValue
        do { value = try JSONParser.parse(bytes) } catch {
            throw Self.invalid("the \(what) is not JSON: line \(error.line): \(error.reason)", key: "")
        }
        guard case .object(let members) = value else {
            throw Self.invalid(
                "the \(what) must be one JSON object, such as {\"user_prompt\": \"A day at sea.\"}",
                key: ""
            )
        }
        // What a request tells stands for what the story told: the storyboard of a concept has a prompt.
        let told = (prompt: hasPrompt, concept: hasConcept)
        (hasPrompt, hasConcept) = (false, false)
        defer { if !hasPrompt, !hasConcept { (hasPrompt, hasConcept) = told } }
        var seen: Set<[UInt8]> = []
        for member in members {
            guard seen.insert(Array(member.key.utf8)).inserted else {
                throw Self.invalid("\"\(Escaping.excerpt(member.key))\" is there twice", key: member.key)
            }
            if member.value != .null { try take(member) }
        }
    }

    /// Looks at what only all fields together tell.
    mutating func finish() throws(JobError) {
        guard !(hasPrompt && hasConcept) else {
            throw Self.invalid(
                "there is a \"user_prompt\" and a \"concept_prompt\"; one of them is to be told",
                key: ""
            )
        }
        if let scenes {
            guard hasConcept || hadConcept else {
                throw Self.invalid("\"num_scenes\" is for a \"concept_prompt\", and there is none", key: "num_scenes")
            }
            if hasConcept { story.maxShots = scenes }
        }
        // A storyboard that was made from a concept is filmed once it is saved as the request.
        story.isPlanOnly = hasConcept && story.shots.isEmpty
        let hasWords = hasPrompt || hasConcept || story.product != nil || !story.shots.isEmpty
        guard hasWords || !story.images.isEmpty else {
            throw Self.invalid(
                "there is nothing to tell: write a \"user_prompt\", \"concept_prompt\", \"product_name\", "
                    + "\"reference_images\" or \"shots\"",
                key: ""
            )
        }
        guard story.product?.name.isEmpty != true else {
            throw Self.invalid("there is no \"product_name\" for what is said of a product", key: "product_name")
        }
        let seconds = story.shots.reduce(0) { $0 + ($1.duration ?? 4) }
        guard seconds <= Self.longestClip else {
            throw Self.invalid(
                "the shots take \(Int(seconds)) s together; at most \(Int(Self.longestClip)) s are made",
                key: "shots"
            )
        }
    }

    private mutating func take(_ member: JSONValue.Member) throws(JobError) {
        switch member.key {
        case "schema":
            guard case .string(let text) = member.value, text == "momentsd.storyboard/1" || text == "momentsd.story/1"
            else {
                throw Self.refused(member, "\"momentsd.storyboard/1\" or \"momentsd.story/1\"")
            }
        case "user_prompt":
            story.prompt = try Self.text(member, 1...2000)
            hasPrompt = true
        case "concept_prompt":
            story.prompt = try Self.text(member, 1...2000)
            (hasConcept, hadConcept) = (true, true)
        case "num_scenes": scenes = try Self.count(member, 1...20)
        case "max_shots": story.maxShots = try Self.count(member, 1...20)
        case "model_id": story.generator = try generator(member)
        case "title": story.title = try Self.line(member, 1...100)
        case "language": story.language = try Self.choice(member)
        case "style": story.style = try Self.style(member)
        case "style_preferences": story.preferences = try Self.preferences(member)
        case "reference_images": story.images = try Self.pictures(member)
        case "reference_picture": story.reference = try Self.picture(member)
        case "voice_over": story.voice = try Self.voice(member)
        case "captions": story.captions = try Self.choice(member)
        case "product_name":
            let name = try Self.line(member, 1...100)
            product { $0.name = name }
        case "cta_text":
            let text = try Self.line(member, 1...50)
            product { $0.callToAction = text }
        case "product_image":
            let image = try Self.picture(member)
            product { $0.image = image }
        case "aspect":
            story.aspect = try Self.choice(member)
            if story.aspect == .source { story.aspect = .screen }
        case "resolution": story.resolution = try Self.count(member, 144...1080)
        case "shots": story.shots = try shots(member)
        case "preset": preset = try Self.line(member, 1...255)
        case "cancel":
            guard case .bool(let isOn) = member.value else { throw Self.refused(member, "true or false") }
            isCancelled = isOn
        default:
            throw Self.invalid(
                "the key \"\(Escaping.excerpt(member.key))\" is not known; allowed are user_prompt, concept_prompt, "
                    + "num_scenes, max_shots, model_id, title, language, style, style_preferences, reference_images, "
                    + "reference_picture, voice_over, captions, product_name, cta_text, product_image, aspect, "
                    + "resolution, shots, preset, cancel",
                key: member.key
            )
        }
    }

    private mutating func product(_ change: (inout Story.Product) -> Void) {
        var product = story.product ?? Story.Product(name: "")
        change(&product)
        story.product = product
    }

    private func shots(_ member: JSONValue.Member) throws(JobError) -> [StoryShot] {
        guard case .array(let values) = member.value, values.count <= Story.mostShots else {
            throw Self.refused(
                member,
                "a list of at most \(Story.mostShots) shots, each {\"text\": …, \"image\": …, \"duration\": …}"
            )
        }
        var shots: [StoryShot] = []
        for value in values {
            let place = "shots[\(shots.count)]"
            guard case .object(let fields) = value else {
                throw Self.refused(
                    JSONValue.Member(key: place, value: value),
                    "{\"text\": …, \"image\": …, \"duration\": …}"
                )
            }
            var shot = StoryShot()
            for field in fields where field.value != .null {
                try take(JSONValue.Member(key: "\(place).\(field.key)", value: field.value), field.key, into: &shot)
            }
            shots.append(shot)
        }
        return shots
    }

    private func take(_ member: JSONValue.Member, _ key: String, into shot: inout StoryShot) throws(JobError) {
        switch key {
        case "id": shot.id = try Self.line(member, 1...40)
        case "text": shot.text = try Self.text(member, 0...500)
        case "duration":
            guard case .number(let text) = member.value, let seconds = Double(text), (0.2...60).contains(seconds) else {
                throw Self.refused(member, "seconds from 0.2 to 60")
            }
            shot.duration = seconds
        case "image": shot.image = try Self.picture(member)
        case "motion": shot.motion = try Self.choice(member)
        case "generator": shot.generator = try generator(member)
        // What a storyboard tells of shots that were made.
        case "file", "key": break
        default:
            throw Self.invalid(
                "the key \"\(Escaping.excerpt(member.key))\" is not known; allowed are id, text, duration, image, motion, "
                    + "generator",
                key: member.key
            )
        }
    }

    private func generator(_ member: JSONValue.Member) throws(JobError) -> String {
        guard case .string(let text) = member.value, generators.contains(text) else {
            throw Self.refused(member, "a generator that is there: \(generators.sorted().joined(separator: ", "))")
        }
        return text
    }
}
