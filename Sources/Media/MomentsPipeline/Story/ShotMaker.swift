internal import FoundationEssentials
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsExports
internal import MomentsMedia
internal import MomentsStoryboard
internal import MomentsSystem
internal import MomentsWords

/// Makes the shots of a storyboard, each by its generator; one that was made of the same before is taken as it is.
struct ShotMaker {
    static let shotsFolder = "shots"

    let spec: JobSpec
    let board: Storyboard
    let pictures: StoryPictures
    let form: StoryForm
    let desk: ErrandDesk
    let interrupt: Interrupt
    /// What is said, on the clip's clock, where it is written on the pictures; empty for nothing.
    let said: [Cue]
    /// Whether what is said is each shot's own text, which a title shows already.
    let saysTexts: Bool
    /// Makes those unrecognizable whom nobody shall recognize; nil where everybody may be seen.
    let cover: ShotCover?

    var cache: ShotCache { ShotCache(spec.staging) }

    /// What a shot is made of, as far as it shows.
    private struct Inputs: Encodable {
        /// Counted up where the same inputs give another shot.
        var version = 1
        let form: ClipWriter.Form
        let frames: Int
        let generator: String
        var text: String?
        var picture: String?
        var reference: String?
        var motion: ShotMotion?
        /// The style's name, and of one that is not as it ships what of it shows.
        var style: StyleName?
        var look: ClipLook?
        var zoom: Double?
        var preferences: [String]?
        var footage: Footage?
        var language: StoryLanguage?
        var written: [VoiceCaptions.Written]?
    }

    /// Makes a shot, or takes the one that was made before.
    ///
    /// - Parameters:
    ///   - shot: The shot.
    ///   - number: Its number, from 1.
    ///   - start: When it begins in the clip, in seconds.
    ///   - progress: Told the share done, 0–1.
    /// - Returns: The shot in `shots/`.
    /// - Throws: `JobError` where it cannot be made.
    func make(_ shot: Storyboard.Shot, number: Int, start: Double, progress: @escaping (Double) -> Void) throws
        -> MadeShot
    {
        let name = "\(Self.shotsFolder)/\(HighlightShot.name(number)).mp4"
        let path = spec.staging.appending(FilePath(name))
        let frames = form.frames(shot.duration)
        let built = BuiltInGenerator(rawValue: shot.generator)
        let image = try shot.image.map { try pictures.content(of: $0) }
        let footage = built == .archive ? FootageChoice.best(spec.footage, for: shot.text) : nil
        let isTold = built == .cards && saysTexts
        let written = isTold ? [] : VoiceCaptions.written(said, from: start, to: start + form.seconds(frames))
        let key = try self.key(shot, frames, built, image, footage, written)
        func made(_ cost: Double, isKept: Bool, missing: Set<Unicode.Scalar> = []) -> MadeShot {
            MadeShot(
                file: StagedFile(kind: "shot", name: name),
                key: key,
                frames: frames,
                cost: cost,
                isKept: isKept,
                missing: missing
            )
        }
        // Of an earlier one in which somebody was to be covered nobody knows whom.
        if cover == nil, cache.take(key, to: path) { return made(0, isKept: true) }
        let captions = VoiceCaptions.overlays(written, form.clip, spec.style.look)
        var (cost, missing) = (0.0, captions.missing)
        if built == .cards {
            let card = CardShot(form: form, look: spec.style.look, interrupt: interrupt, overlays: captions.overlays)
            missing.formUnion(try card.make(shot.text, frames, to: path, progress))
        } else if let cover {
            // What is written is written on what is covered.
            let bare = spec.staging.appending(Self.uncovered)
            defer { try? Folder.removeFile(bare) }
            cost = try film(shot, frames, built, image, footage, [], to: bare) { progress(0.4 * $0) }
            try cover.cover(bare, frames, form, captions.overlays, to: path) { progress(0.4 + 0.6 * $0) }
            return made(cost, isKept: false, missing: missing)
        } else {
            cost = try film(shot, frames, built, image, footage, captions.overlays, to: path, progress)
        }
        cache.keep(key, from: path)
        return made(cost, isKept: false, missing: missing)
    }

    /// A shot before anybody in it is covered; never published.
    private static let uncovered: FilePath = ".uncovered.mp4"

    /// Makes a shot of pictures.
    ///
    /// - Returns: What it cost.
    private func film(
        _ shot: Storyboard.Shot,
        _ frames: Int,
        _ built: BuiltInGenerator?,
        _ image: [UInt8]?,
        _ footage: Footage?,
        _ overlays: [Overlay],
        to path: FilePath,
        _ progress: @escaping (Double) -> Void
    ) throws -> Double {
        guard built == .archive else {
            if built == nil { return try commanded(shot, frames, image, overlays, to: path, progress) }
            try kenBurns(shot, frames, image, overlays, to: path, progress)
            return 0
        }
        guard let footage else { throw unmade(shot, "no footage of finished jobs fits its words") }
        try FootageShot(form: form, interrupt: interrupt, overlays: overlays).make(footage, frames, to: path, progress)
        return 0
    }

    private func key(
        _ shot: Storyboard.Shot,
        _ frames: Int,
        _ built: BuiltInGenerator?,
        _ image: [UInt8]?,
        _ footage: Footage?,
        _ written: [VoiceCaptions.Written]
    ) throws -> String {
        var inputs = Inputs(form: form.clip, frames: frames, generator: shot.generator)
        if !written.isEmpty { (inputs.written, inputs.style) = (written, board.style) }
        inputs.picture = image.map(Self.digest)
        switch built {
        case .kenBurns:
            (inputs.motion, inputs.style) = (shot.motion, board.style)
            inputs.zoom = spec.style.unlessShipped?.zoom
        case .cards:
            (inputs.text, inputs.style) = (shot.text, board.style)
            inputs.look = spec.style.unlessShipped?.look
        case .archive: inputs.footage = footage
        case nil:
            (inputs.text, inputs.motion, inputs.style) = (shot.text, shot.motion, board.style)
            (inputs.preferences, inputs.language) = (board.preferences, board.language)
            inputs.reference = try board.reference.map { Self.digest(try pictures.content(of: $0)) }
        }
        return Self.digest([UInt8](try MomentsJSON.line(inputs)))
    }

    private static func digest(_ bytes: [UInt8]) -> String {
        var digest = SHA256()
        digest.update(bytes)
        return digest.finish()
    }

    private func kenBurns(
        _ shot: Storyboard.Shot,
        _ frames: Int,
        _ bytes: [UInt8]?,
        _ overlays: [Overlay],
        to path: FilePath,
        _ progress: (Double) -> Void
    ) throws {
        guard let image = shot.image, let bytes else { throw unmade(shot, "it has no picture for \(shot.generator)") }
        let (width, height) = (form.clip.width, form.clip.height)
        let zoom = spec.style.zoom
        // Fine enough for the nearest window, and no finer: what is smaller is sampled faster.
        func near(_ side: Int) -> Int { Int((Double(side) * zoom).rounded(.up)) }
        let picture = try pictures.decoded(image, bytes, covering: (near(width), near(height)))
        let way = KenBurnsPath(
            (picture.width, picture.height),
            ratio: Double(width) / Double(height),
            motion: shot.motion,
            zoom: zoom,
            focus: PictureSaliency.focus(of: picture)
        )
        let painter = KenBurnsPainter(picture, width: width, height: height)
        let writer = try ClipWriter(path, form.clip, overlays: overlays)
        for frame in 0..<frames {
            try interrupt.check("film")
            try writer.add(painter.paint(way.window(at: Double(frame) / Double(max(1, frames - 1)))))
            progress(Double(frame + 1) / Double(frames))
        }
        try writer.finish()
    }

    /// Has a shot made by a command; what it gives is decoded here and encoded anew.
    private func commanded(
        _ shot: Storyboard.Shot,
        _ frames: Int,
        _ image: [UInt8]?,
        _ overlays: [Overlay],
        to path: FilePath,
        _ progress: @escaping (Double) -> Void
    ) throws -> Double {
        let request = GeneratorRequest(
            shot,
            frames: frames,
            form: form,
            board: board,
            image: image,
            reference: try board.reference.map { try pictures.content(of: $0) }
        )
        let (clip, cost) = try desk.generate(shot.generator, request, language: board.language) { reason in
            unmade(shot, "the generator '\(shot.generator)' failed: \(reason)")
        }
        do {
            try FootageShot(form: form, interrupt: interrupt, overlays: overlays).make(
                Footage(path: clip, start: 0, duration: form.seconds(frames)),
                frames,
                to: path,
                progress
            )
        } catch {
            if interrupt.isRequested { throw error }
            throw unmade(shot, "what the generator '\(shot.generator)' made cannot be used: \(FailureClause.of(error))")
        }
        return cost
    }

    private func unmade(_ shot: Storyboard.Shot, _ reason: String) -> JobError {
        JobError(
            .renderFailed,
            "The shot '\(Escaping.line(shot.id))' of '\(spec.name.display)' could not be made: \(reason); change the shot, "
                + "or try again with moments retry.",
            detail: "shot=\(Escaping.line(shot.id)) generator=\(Escaping.line(shot.generator))"
        )
    }
}
