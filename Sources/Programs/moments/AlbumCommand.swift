internal import FoundationEssentials
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem

/// `moments album`: asks for one reel of all videos of a folder.
struct AlbumCommand: Command {
    static let name = "album"
    static let help = CommandHelp(
        purpose: "one reel of all videos of a folder in the inbox",
        forms: ["FOLDER [OPTIONS]"],
        about: """
            Saves album.request.json in FOLDER, a folder in the inbox. Once nothing has changed there for [Intake] Quiet=
            (10min), the daemon makes one reel of all videos in it and in its folders, and another one whenever more come.
            The result is FOLDER/album in the outbox.
            """,
        options: [
            JobOptions.targetDurationWord, JobOptions.qualityWord,
            Arguments.Option("--title", value: "TEXT", "the reel's title"),
            Arguments.Option("--order", value: "ORDER", "time (as recorded) or best (what stands out most first)"),
            Arguments.Option("--max-per-video", value: "COUNT", "the most shots of one video"),
            Arguments.Option("--no-singles", "no reels of the single videos"),
            Arguments.Option("--photos", "photos in the folder too, each for some seconds"),
            Arguments.Option("--json", "the request that was saved, as JSON"),
        ],
        examples: [
            .init(
                "moments album inbox/birthday --title Birthday --target-duration 2min",
                "a reel of two minutes of everything in the folder"
            )
        ],
        exits: [
            .init(0, "the request is saved"), .init(1, "it could not be"), .init(2, "the words were wrong"),
        ]
    )

    /// The request's keys, as the daemon reads them.
    private struct Draft: Encodable {
        let targetDuration: Double?
        let quality: Quality?
        let title: String?
        let order: AlbumOptions.Order?
        let maxPerVideo: Int?
        let singles: Bool?
        let photos: Bool?

        enum CodingKeys: String, CodingKey {
            case targetDuration = "target_duration"
            case quality
            case title
            case order
            case maxPerVideo = "max_per_video"
            case singles
            case photos
        }
    }

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        guard let folder = arguments.rest.first, arguments.rest.count == 1 else {
            throw Failure("which folder? name one", code: .usage)
        }
        guard (try? FileStatus.of(Folder.absolute(folder)))?.kind == .folder else {
            throw Failure("'\(folder.display)' is no folder; name one in the inbox", code: .usage)
        }
        if (try? FileStatus.of(Folder.absolute(folder.appending(ManifestName.album))))?.kind == .folder {
            throw Failure(
                "in '\(folder.display)' lies a folder named 'album', in whose place the album would stand; rename it first"
            )
        }
        var options = JobOptions()
        try options.choose(by: arguments)
        var order: AlbumOptions.Order?
        if let text = arguments.value("--order") {
            order = AlbumOptions.Order(rawValue: text)
            if order == nil {
                throw Failure("--order cannot be '\(Escaping.excerpt(text))'; it is time or best", code: .usage)
            }
        }
        var most: Int?
        if let text = arguments.value("--max-per-video") {
            most = Int(text)
            guard let most, (1...1000).contains(most) else {
                throw Failure(
                    "--max-per-video cannot be '\(Escaping.excerpt(text))'; it is a number from 1 to 1000",
                    code: .usage
                )
            }
        }
        let draft = Draft(
            targetDuration: arguments.has("--target-duration") ? options.targetDuration : nil,
            quality: arguments.has("--quality") ? options.quality : nil,
            title: arguments.value("--title"),
            order: order,
            maxPerVideo: most,
            singles: arguments.has("--no-singles") ? false : nil,
            photos: arguments.has("--photos") ? true : nil
        )
        let content: Data
        do { content = try MomentsJSON.document(draft) } catch { throw Failure("\(error)") }
        do { _ = try Settings().resolve(request: Array(content), folderPreset: nil) } catch {
            throw Failure(error.message, code: .usage)
        }
        try InboxPlace(folder.appending(ManifestName.album)).write(request: Array(content))
        if arguments.has("--json") {
            Output.bytes(content)
        } else {
            Output.line(
                "one reel is made of the videos in \(folder.display) when nothing has changed there for a while"
            )
        }
        return 0
    }
}
