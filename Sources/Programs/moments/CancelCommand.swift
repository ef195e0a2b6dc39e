internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// `moments cancel`: ends jobs while their videos stay.
struct CancelCommand: Command {
    static let name = "cancel"
    static let help = """
        Usage: moments cancel FILE…

        Ends the job of each video at once; the video stays in the inbox, its manifest says "cancelled", and
        moments retry FILE does it after all. FILE is a video in the inbox. A daemon that does not run obeys
        with its next start. (Removing the video cancels its job, too.)
        """
    static let options: [Arguments.Option] = []

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        guard !arguments.rest.isEmpty else { throw Failure("which videos? name at least one", code: .usage) }
        var wrong = 0
        for place in arguments.rest.map({ InboxPlace($0) }) {
            do throws(Failure) {
                try cancel(place)
                Output.line("\(place.shown.display) is cancelled")
            } catch {
                Output.complain("moments: " + Escaping.line(error.reason))
                wrong += 1
            }
        }
        return wrong == 0 ? 0 : Failure.Code.failed.rawValue
    }

    private static func cancel(_ place: InboxPlace) throws(Failure) {
        // The daemon may write the manifest in the same moment, and would not see the wish: it is said until it stays.
        var calm = 0
        let deadline = MonotonicClock.now + 10
        while calm < 3, MonotonicClock.now < deadline {
            var manifest = try place.manifest()
            if manifest.status == .cancelled {
                calm += 1
            } else {
                guard !manifest.status.isFinal || manifest.nextAttemptAt != nil else {
                    throw Failure("'\(place.shown.display)' is \(manifest.status.rawValue): there is nothing to cancel")
                }
                calm = 0
                manifest.status = .cancelled
                manifest.message = "cancelled by a person; moments retry does it after all"
                manifest.nextAttemptAt = nil
                manifest.updatedAt = .now
                manifest.completedAt = .now
                try place.write(manifest)
            }
            usleep(150_000)
        }
        guard calm == 3 else {
            throw Failure("the daemon does not obey for '\(place.shown.display)'; remove the video")
        }
    }
}
