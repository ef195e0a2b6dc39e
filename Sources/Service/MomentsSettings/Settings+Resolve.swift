public import MomentsCore
internal import MomentsSystem

extension Settings {
    /// The presets' names, in the order of their bytes.
    public func presetNames() -> [String] { presets.map(\.name.text) }

    /// The options a preset gives over the main file's; nil where there is no such preset.
    public func options(ofPreset name: String) -> JobOptions? {
        find(preset: name).map { judged($0.applied(to: options)) }
    }

    /// The options in which a judge, a transcript's and a describer's command are asked only where there are such.
    public func judged(_ options: JobOptions) -> JobOptions {
        var options = options
        options.judge = options.judge && !judge.command.isEmpty
        options.transcribe = options.transcribe && !transcript.command.isEmpty
        options.subjects.describer = Self.describer(subjects.describe)
        return options
    }

    /// What tells one command that describes scenes from another.
    ///
    /// - Parameter command: It, in words.
    /// - Returns: Sixteen hexadecimal digits; nil for no command.
    public static func describer(_ command: [String]) -> String? {
        guard !command.isEmpty else { return nil }
        var digest = SHA256()
        digest.update(Array(command.joined(separator: "\0").utf8))
        return String(digest.finish().prefix(16))
    }

    /// Finds what is in effect for one video: its request over a preset over the main file over the built-in values.
    ///
    /// - Parameters:
    ///   - request: The bytes of the request file; nil where there is none.
    ///   - folderPreset: The first folder below the inbox the video lies in; it selects a preset of exactly its name,
    ///     and is an ordinary folder otherwise.
    /// - Returns: Every option, the preset in effect, and whether nothing is wanted at all.
    /// - Throws: `JobError` of kind `invalidRequest` or `unknownPreset`, with key, value and what is allowed.
    public func resolve(
        request: [UInt8]?,
        folderPreset: String?
    ) throws(JobError) -> JobWish {
        let request = try request.map { bytes throws(JobError) in try Request(parsing: bytes) }
        if let wanted = request?.preset, find(preset: wanted) == nil {
            let sentence = sentence(unknownPreset: wanted, in: "the request's \"preset\"")
            throw JobError(.unknownPreset, sentence + "; correct the request file and save it again")
        }
        let folder = folderPreset.flatMap { find(preset: $0) }
        let chosen = request?.preset.flatMap { find(preset: $0) } ?? folder ?? preset.flatMap { find(preset: $0) }
        var options = chosen?.applied(to: self.options) ?? self.options
        if let request {
            options.targetDuration = request.targetDuration ?? options.targetDuration
            options.quality = request.quality ?? options.quality
            options.aspects = request.aspects ?? options.aspects
            options.title = request.title ?? options.title
            options.segments = request.segments
            options.pin = request.pin
            options.ban = request.ban
            options.marks = request.marks ?? options.marks
            options.learn = request.learn ?? options.learn
            options.want = request.want ?? options.want
            options.avoid = request.avoid ?? options.avoid
            options.judge = request.judge ?? options.judge
            options.captions = request.captions ?? options.captions
            options.style =
                try request.product.style.map { name throws(JobError) in
                    try self.style(named: name, in: "the request's \"style\"").name
                } ?? options.style
            options.product = try request.product.options(over: options.style)
            if request.order != nil || request.maxPerVideo != nil || request.singles != nil
                || request.photos != nil
            {
                var album = AlbumOptions()
                album.order = request.order ?? album.order
                album.maxPerVideo = request.maxPerVideo
                album.singles = request.singles ?? album.singles
                album.photos = request.photos ?? album.photos
                options.album = album
            }
            options.voiceOver = request.voiceOver
            options.language = request.language ?? options.language
            let style = try self.style(for: options)
            if options.product != nil, options.transition == .cut { options.transition = style.transition }
            if request.captions == nil, request.voiceOver != nil, style.writesVoice { options.captions = .burn }
        }
        // Of a job without a voice no language is told.
        if options.voiceOver == nil { options.language = JobOptions().language }
        return JobWish(judged(options), preset: chosen?.name.text, isCancelled: request?.isCancelled ?? false)
    }

    /// Finds what is in effect for a story: its file, and what is saved as its request over that.
    ///
    /// - Parameters:
    ///   - story: The bytes of `NAME.story.json`.
    ///   - request: The bytes of its request, such as an edited storyboard; nil where there is none.
    ///   - folderPreset: As for a video.
    /// - Returns: Every option, the preset in effect, and whether nothing is wanted at all.
    /// - Throws: `JobError` as for a video.
    public func resolve(
        story: [UInt8],
        request: [UInt8]?,
        folderPreset: String?
    ) throws(JobError) -> JobWish {
        var wanted = try read(story, request, over: Story())
        if let name = wanted.preset, find(preset: name) == nil {
            throw JobError(.unknownPreset, sentence(unknownPreset: name, in: "the story's \"preset\""))
        }
        let folder = folderPreset.flatMap { find(preset: $0) }
        let chosen = wanted.preset.flatMap { find(preset: $0) } ?? folder ?? preset.flatMap { find(preset: $0) }
        var options = chosen?.applied(to: self.options) ?? self.options
        // Known only now: what the preset says where the story says nothing.
        wanted = try read(story, request, over: Story(flavour: options))
        options.judge = false
        options.language = JobOptions().language
        options.title = wanted.story.title ?? options.title
        options.story = wanted.story
        _ = try style(named: wanted.story.style, in: "the story", detail: "key=style")
        if wanted.story.isPlanOnly, !engines.planner.command.isEmpty { options.story?.asksPlanner = true }
        return JobWish(options, preset: chosen?.name.text, isCancelled: wanted.isCancelled)
    }

    private func read(_ story: [UInt8], _ request: [UInt8]?, over flavour: Story) throws(JobError) -> StoryRequest {
        var wanted = StoryRequest(over: flavour, generators: Set(generatorNames))
        try wanted.take(story, as: "story")
        if let request { try wanted.take(request, as: "request") }
        try wanted.finish()
        return wanted
    }

    /// The makers of shots: those that need no command first.
    public var generatorNames: [String] { BuiltInGenerator.allCases.map(\.rawValue) + engines.generators.map(\.name) }

    func find(preset name: String) -> Preset? {
        let wanted = FilePath(name)
        return ConfName.isName(Array(name.utf8)) ? presets.first { $0.name == wanted } : nil
    }

    func sentence(unknownPreset name: String, in place: String) -> String {
        let names = presets.map(\.name.display).joined(separator: ", ")
        let there = presets.isEmpty ? "there are none in \(folders.presets.display)" : "there are: \(names)"
        return "\(place) names '\(Escaping.excerpt(name))', which is no preset; \(there)"
    }

    /// The values of the style that a job is made in.
    ///
    /// - Parameter options: The job's.
    /// - Returns: The style it names; of highlights, which have none, the one that nobody sees.
    /// - Throws: `JobError` of kind `invalidRequest`, where there is none of that name, or its file is damaged.
    public func style(for options: JobOptions) throws(JobError) -> ClipStyle {
        options.hasStyle ? try style(named: options.styleInEffect, in: "the job") : .modern
    }

    /// Likewise by its name; `place` says who names it.
    func style(named name: StyleName, in place: String, detail: String = "style") throws(JobError) -> ClipStyle {
        let shown = Escaping.excerpt(name.rawValue)
        guard let entry = styles.find(name) else {
            throw JobError(
                .invalidRequest,
                "\(place) names '\(shown)', which is no style; there are: \(styles.names); name one of them, or put a file "
                    + "\(shown).conf into \(folders.styles.display) and reload momentsd",
                detail: detail
            )
        }
        guard let style = entry.style else {
            throw JobError(
                .invalidRequest,
                "\(place) names the style '\(shown)', which cannot be used: \(entry.trouble ?? "it is damaged"); mend that "
                    + "and reload momentsd, or name another style",
                detail: detail
            )
        }
        return style
    }
}

extension Story {
    /// A story that says nothing yet, in a preset's flavour and shape.
    fileprivate init(flavour options: JobOptions) {
        self.init()
        (style, language) = (options.style, options.language)
        aspect = options.aspect == .source ? aspect : options.aspect
        captions = options.captions == .burn ? .burn : nil
    }
}
