internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSelection
internal import MomentsStills
internal import MomentsSystem

/// Makes a job's stills one after another.
struct StillsMaker {
    let options: StillOptions
    let staging: StagingFolder
    let source: MediaSource
    let selection: Selection
    /// What `source` is, where that is the reel instead of the video.
    let reel: Reel?
    let survey: FrameSurvey
    /// Who is in it; nil where nobody was looked for.
    let subjects: SubjectFindings?
    /// The video's, in seconds.
    let duration: Double
    let places: FramePlaces
    let capture: CaptureNote
    let interrupt: Interrupt

    /// The folder of the scenes' stills.
    static let scenesFolder: FilePath = "scenes"

    /// The name of a scene's still.
    ///
    /// - Parameters:
    ///   - number: The scene's, from 1.
    ///   - format: The picture's format.
    /// - Returns: The name below the result's folder.
    static func sceneName(_ number: Int, _ format: StillFormat) -> String {
        "\(scenesFolder.text)/\(sceneName(number)).\(format.fileExtension)"
    }

    /// The name of a scene.
    ///
    /// - Parameter number: The scene's, from 1.
    /// - Returns: The name, such as "scene_001".
    static func sceneName(_ number: Int) -> String {
        let digits = String(number)
        return "scene_" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    /// The moments, on the clock of `source`.
    private var shots: [TimeRange] {
        (reel?.shots.map(\.place) ?? selection.shots.map(\.range)).filter { $0.duration > .zero }
    }

    private var colors: FrameColors { FrameColors(source.video.format) }

    private func form(_ fineness: StillForm.Fineness) -> StillForm {
        StillForm(options.format, fineness, capture: capture)
    }

    func thumbnail() throws -> StagedFile {
        let still = try Thumbnail.make(source, places: places, form: form(.good), interrupt: interrupt)
        return try staging.write("thumbnail", "thumbnail.\(options.format.fileExtension)", still.bytes)
    }

    func poster(_ signals: Signals, progress: (Double) -> Void) throws -> StagedFile {
        // The signals are the video's, on its clock.
        let candidates =
            reel != nil
            ? []
            : PosterCandidate.choose(
                signals,
                places: places,
                shots: shots,
                worth: selection.worth,
                attraction: { subjects?.attraction(at: $0) ?? 1 }
            )
        let still = try Poster.make(
            source,
            places: places,
            candidates: candidates,
            form: form(.fine),
            interrupt: interrupt,
            progress: progress
        )
        var file = try staging.write("poster", "poster.\(options.format.fileExtension)", still.bytes)
        file.time = videoTime(still.time)
        return file
    }

    /// A time of `source` on the video's clock; nil where the reel shows nothing of the video then.
    private func videoTime(_ time: MediaTime) -> MediaTime? {
        guard let reel else { return time }
        return reel.shots.first { $0.place.start <= time && time < $0.place.end }
            .map { $0.range.start + (time - $0.place.start) }
    }

    func sheets() throws -> [StagedFile] {
        guard !survey.entries.isEmpty else { return [] }
        var files: [StagedFile] = []
        if options[.sprite] {
            let sprite = try SpriteSheet(survey, duration: duration, colors: colors, imageName: "sprite.jpg")
            files.append(try staging.write("sprite", "sprite.jpg", sprite.image))
            files.append(try staging.write("sprite_map", "sprite.vtt", sprite.map.utf8))
        }
        guard options[.contactSheet] else { return files }
        let sheet = try ContactSheet.make(survey, scenes: selection.scenes, colors: colors, form: form(.good))
        let name = "contact-sheet.\(options.format.fileExtension)"
        return files + [try staging.write("contact_sheet", name, sheet)]
    }

    func scenes() throws -> [StagedFile] {
        guard options[.scenes], !survey.entries.isEmpty else { return [] }
        try Folder.make(staging.path.appending(Self.scenesFolder))
        var files: [StagedFile] = []
        try SceneStills.make(
            survey,
            scenes: selection.scenes,
            of: source,
            places: places,
            form: form(.small),
            interrupt: interrupt
        ) { still in
            let name = Self.sceneName(still.number, options.format)
            files.append(try staging.write("scene_still", name, still.bytes))
        }
        return files
    }
}
