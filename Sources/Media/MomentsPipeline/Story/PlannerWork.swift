internal import FoundationEssentials
internal import MomentsCore
internal import MomentsSystem

/// Has a concept turned into scenes by a command.
struct PlannerWork {
    /// What the command is told.
    struct Question: Encodable {
        let schema = "momentsd.planner/1"
        let concept: String
        let scenes: Int
        let title: String?
        let language: StoryLanguage
        let style: StyleName
        let preferences: [String]
        /// Names of pictures a scene may show.
        let images: [FilePath]
        /// A picture to keep to: an absolute path; left out where there is none.
        var reference: FilePath?

        private enum CodingKeys: String, CodingKey {
            case schema
            case concept = "concept_prompt"
            case scenes = "num_scenes"
            case title
            case language
            case style
            case preferences = "style_preferences"
            case images
            case reference = "reference_picture"
        }
    }

    /// What it writes.
    private struct Answer: Decodable {
        struct Scene: Decodable {
            let text: String?
            let duration: Double?
            let image: FilePath?
            let motion: String?
        }

        let schema: String
        let title: String?
        let scenes: [Scene]?
        let cost: Double?
        let error: String?
    }

    let story: Story
    let name: FilePath
    let desk: ErrandDesk
    /// A picture to keep to; nil for none.
    let reference: [UInt8]?

    /// The largest answer, in bytes.
    private static let largest = 256 << 10

    /// Asks.
    ///
    /// - Returns: The story with the scenes it was given, and what they cost.
    /// - Throws: `JobError` where the command fails, or its answer makes no storyboard.
    func ask() throws -> (story: Story, cost: Double) {
        let question = Question(
            concept: story.prompt,
            scenes: story.maxShots,
            title: story.title,
            language: story.language,
            style: story.style,
            preferences: story.preferences,
            images: story.images
        )
        let (path, cost) = try desk.plan(question, reference: reference, language: story.language) { failed($0) }
        let bytes = try Descriptor.openRegular(path).read(Self.largest + 1, at: 0, of: path)
        guard bytes.count <= Self.largest else { throw failed("it wrote more than \(Self.largest >> 10) KiB") }
        return try read(bytes, cost)
    }

    private func read(_ bytes: [UInt8], _ spent: Double) throws(JobError) -> (story: Story, cost: Double) {
        guard let answer = try? MomentsJSON.decode(Answer.self, from: Data(bytes)),
            answer.schema == "momentsd.planner/1"
        else {
            let start = Escaping.excerpt(String(decoding: bytes.prefix(60), as: UTF8.self), limit: 40)
            throw failed("its answer is no momentsd.planner/1 (it begins with '\(start)')")
        }
        if let error = answer.error { throw failed("it says: \(Escaping.excerpt(error, limit: 200))") }
        let cost = answer.cost ?? 0
        guard (0...JobEvent.mostCost).contains(cost) else { throw failed("its cost makes no sense") }
        let scenes = answer.scenes ?? []
        guard scenes.count == story.maxShots else {
            throw failed("it gave \(scenes.count) scenes instead of \(story.maxShots)")
        }
        var told = story
        if let title = answer.title, story.title == nil {
            guard PlainText.isText(title, most: 100), !title.contains(where: \.isNewline) else {
                throw failed("its title is no line of at most 100 characters")
            }
            told.title = title
        }
        told.shots = []
        for (index, scene) in scenes.enumerated() { told.shots.append(try shot(scene, index + 1)) }
        return (told, spent + cost)
    }

    /// What a person could have written as a shot, and nothing else: the storyboard is to be saved as a request.
    private func shot(_ scene: Answer.Scene, _ number: Int) throws(JobError) -> StoryShot {
        var shot = StoryShot()
        guard let text = scene.text, PlainText.isText(text, most: 500) else {
            throw failed("the text of its scene \(number) is none of 1 to 500 characters without control characters")
        }
        shot.text = text
        if let duration = scene.duration {
            guard (0.2...60).contains(duration) else {
                throw failed("its scene \(number) does not last from 0.2 to 60 s")
            }
            shot.duration = duration
        }
        if let image = scene.image {
            guard story.images.contains(image) else {
                throw failed("its scene \(number) shows '\(image.display)', which is none of the story's pictures")
            }
            shot.image = image
        }
        if let motion = scene.motion {
            guard let known = ShotMotion(rawValue: motion) else {
                throw failed(
                    "its scene \(number) moves by '\(Escaping.excerpt(motion, limit: 40))', which is not known"
                )
            }
            shot.motion = known
        }
        return shot
    }

    private func failed(_ reason: String) -> JobError {
        JobError(
            .renderFailed,
            "'\(name.display)' was not planned: the planner failed, since \(reason); look at [Planner] Command=.",
            detail: "planner: \(reason)",
            transient: false
        )
    }
}
