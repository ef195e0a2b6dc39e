public import MomentsCore

/// Turns a story into a storyboard, by templates; the same story gives the same storyboard.
public struct StoryPlanner {
    /// The longest shot, in seconds.
    public static let longestShot = 60.0
    /// How many words are told in a second.
    static let wordsPerSecond = 2.4

    private let story: Story
    private let style: ClipStyle
    /// Who makes shots out of earlier footage, by the shot's words; nil for nobody.
    private let hasFootage: (String) -> Bool

    /// Prepares.
    ///
    /// - Parameters:
    ///   - story: The story.
    ///   - style: The style it names.
    ///   - hasFootage: Whether there is earlier footage that fits some words.
    public init(_ story: Story, in style: ClipStyle, hasFootage: @escaping (String) -> Bool = { _ in false }) {
        (self.story, self.style, self.hasFootage) = (story, style, hasFootage)
    }

    /// The storyboard.
    public func plan() -> Storyboard {
        let wanted = story.shots.isEmpty ? told : story.shots
        var names: Set<String> = []
        var shots: [Storyboard.Shot] = []
        for (index, shot) in wanted.enumerated() {
            var name = shot.id ?? Self.number(index + 1)
            while !names.insert(name).inserted { name += "-2" }
            shots.append(
                Storyboard.Shot(
                    id: name,
                    text: shot.text,
                    duration: Self.hundredths(shot.duration ?? length(of: shot.text)),
                    image: shot.image,
                    motion: shot.motion ?? motion(index),
                    generator: shot.generator ?? generator(shot)
                )
            )
        }
        return Storyboard(story, title: title, shots: shots)
    }

    /// Such as "shot_001".
    static func number(_ number: Int) -> String {
        "shot_" + String(repeating: "0", count: max(0, 3 - "\(number)".count)) + "\(number)"
    }

    /// The shots of what is told, each with a picture in turn while there are some.
    private var told: [StoryShot] {
        let texts = texts
        let images = story.images + [story.product?.image].compactMap { $0 }
        // Pictures that nobody speaks over are shown all the same.
        let count = min(story.maxShots, max(texts.count, images.count))
        return (0..<count).map { index in
            var shot = StoryShot()
            shot.text = index < texts.count ? texts[index] : ""
            if !images.isEmpty { shot.image = images[index % images.count] }
            return shot
        }
    }

    private var texts: [String] {
        if story.isPlanOnly { return SceneTemplates.scenes(story.prompt, count: story.maxShots, story.language) }
        if let product = story.product {
            return Self.joined(ScriptTemplates.script(product, style.flavour, story.language), to: story.maxShots)
        }
        return Self.joined(Sentences.split(story.prompt), to: story.maxShots)
    }

    /// At most so many texts: neighbours are put together, the shortest first.
    static func joined(_ texts: [String], to most: Int) -> [String] {
        var texts = texts
        var lengths = texts.map(\.count)
        while texts.count > most, texts.count > 1 {
            let places = texts.indices.dropLast()
            guard let place = places.min(by: { lengths[$0] + lengths[$0 + 1] < lengths[$1] + lengths[$1 + 1] }) else {
                break
            }
            let (text, length) = (texts.remove(at: place + 1), lengths.remove(at: place + 1))
            texts[place] += " " + text
            lengths[place] += 1 + length
        }
        return texts
    }

    private func length(of text: String) -> Double {
        let words = text.split { $0 == " " }.count
        return min(Self.longestShot, max(style.stillShot, Double(words) / Self.wordsPerSecond + 0.8))
    }

    private func motion(_ index: Int) -> ShotMotion {
        let motions: [ShotMotion] =
            switch style.flavour {
            case .modern: [.zoomIn, .panRight, .zoomOut, .panLeft]
            case .minimalist: [.zoomIn, .zoomOut]
            case .energetic: [.zoomIn, .panLeft, .zoomIn, .panUp, .zoomOut, .panRight]
            }
        return motions[index % motions.count]
    }

    private func generator(_ shot: StoryShot) -> String {
        if let generator = story.generator { return generator }
        if shot.image != nil { return BuiltInGenerator.kenBurns.rawValue }
        return hasFootage(shot.text) ? BuiltInGenerator.archive.rawValue : BuiltInGenerator.cards.rawValue
    }

    private var title: String {
        if let title = story.title { return title }
        let text = story.product?.name ?? Sentences.split(story.prompt).first ?? story.shots.first?.text ?? ""
        return text.isEmpty ? "Untitled" : text.cut(toBytes: 100)
    }

    private static func hundredths(_ seconds: Double) -> Double { (seconds * 100).rounded() / 100 }
}
