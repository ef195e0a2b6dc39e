internal import MomentsCore
internal import MomentsSettings

/// `moments retry`: does failed, cancelled or completed videos again.
struct RetryCommand: Command {
    static let name = "retry"
    static let help = CommandHelp(
        purpose: "does videos again: one, several, or --all-failed",
        forms: ["FILE… [--json]", "--all-failed [--config FILE] [--json]"],
        about: """
            Has the videos done again, as a new job each. FILE is a video in the inbox, or a folder there whose album it is to
            be. It works by removing the manifest, which the daemon notices; one that does not run does it with its next
            start.
            """,
        options: [
            Arguments.Option("--all-failed", "every video and album of the inbox whose job failed"),
            Arguments.Option(
                "--config",
                value: "FILE",
                "where the inbox is named (default: /etc/momentsd/momentsd.conf)"
            ), Doing.option,
        ],
        notes: "The outcome is again.",
        exits: [
            .init(0, "each is done again"), .init(1, "one could not be"), .init(2, "the words were wrong"),
        ]
    )

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        guard arguments.has("--all-failed") != !arguments.rest.isEmpty else {
            throw Failure("which videos? name at least one, or say --all-failed", code: .usage)
        }
        var doing = Doing(arguments)
        var places = arguments.rest.map { InboxPlace($0) }
        if places.isEmpty {
            let settings: Settings
            do { settings = try Settings.load(arguments.path("--config")).settings } catch { throw Failure("\(error)") }
            places = try InboxPlace.failed(in: settings.folders.inbox)
            if places.isEmpty { doing.note("no job in \(settings.folders.inbox.display) has failed") }
        }
        for place in places {
            do throws(Failure) {
                let manifest = try place.manifest()
                guard manifest.status.isFinal else {
                    throw Failure("'\(place.shown.display)' is \(manifest.status.rawValue) anyway")
                }
                try place.request(isCancelled: false)
                try place.removeManifest()
                doing.done(place.shown, "again", "\(place.shown.display) is done again when the daemon sees it")
            } catch { doing.failed(place.shown, error.reason) }
        }
        return doing.code
    }
}
