internal import Glibc
internal import MomentsCore

/// `moments cancel`: ends jobs while their videos stay.
struct CancelCommand: Command {
    static let name = "cancel"
    static let help = CommandHelp(
        purpose: "ends jobs while their videos stay",
        forms: ["FILE… [--json]"],
        about: """
            Ends the job of each video at once; the video stays in the inbox, its manifest says "cancelled", and moments
            retry FILE does it after all. FILE is a video in the inbox. It works by saving the request {"cancel": true}
            beside the video, which a daemon that does not run obeys with its next start. (Removing the video cancels its
            job, too.)
            """,
        options: [Doing.option],
        notes: "An outcome is cancelled, or requested: the daemon does it when it runs.",
        exits: [
            .init(0, "each is cancelled, or will be"), .init(1, "one could not be"), .init(2, "the words were wrong"),
        ]
    )

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        guard !arguments.rest.isEmpty else { throw Failure("which videos? name at least one", code: .usage) }
        var doing = Doing(arguments)
        for place in arguments.rest.map({ InboxPlace($0) }) {
            do throws(Failure) {
                let isDone = try cancel(place)
                let later = "is to be cancelled; the daemon does it when it runs"
                let sentence = "\(place.shown.display) \(isDone ? "is cancelled" : later)"
                doing.done(place.shown, isDone ? "cancelled" : "requested", sentence)
            } catch { doing.failed(place.shown, error.reason) }
        }
        return doing.code
    }

    /// Asks for the end of a job, and waits a moment for the daemon.
    ///
    /// - Returns: Whether the daemon has obeyed.
    private static func cancel(_ place: InboxPlace) throws(Failure) -> Bool {
        let manifest = try place.manifest()
        guard manifest.status != .cancelled else { return true }
        guard !manifest.status.isFinal || manifest.nextAttemptAt != nil else {
            throw Failure("'\(place.shown.display)' is \(manifest.status.rawValue): there is nothing to cancel")
        }
        try place.request(isCancelled: true)
        let deadline = Moment.now + .seconds(5)
        while Moment.now < deadline {
            if try place.manifest().status == .cancelled { return true }
            usleep(100_000)
        }
        return false
    }
}
