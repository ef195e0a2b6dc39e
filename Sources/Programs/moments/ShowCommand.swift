internal import FoundationEssentials
internal import Glibc
internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// `moments show`: all that is known of one video.
struct ShowCommand: Command {
    static let name = "show"
    static let help = CommandHelp(
        purpose: "all that is known of one video",
        forms: ["FILE|ID [--json] [--socket PATH]"],
        about: """
            Shows what is known of one video: what it is, how far its job is, what was made, what failed. FILE is a video
            (its manifest beside it is read), a manifest, or a folder of results; this also works without a daemon. ID is
            a job's identifier, which the daemon is asked for.
            """,
        options: [Arguments.Option("--json", "the manifest as JSON"), StatusClient.option]
    )

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        guard let what = arguments.rest.first, arguments.rest.count == 1 else {
            throw Failure("moments show takes one FILE or ID", code: .usage)
        }
        let client = StatusClient(arguments)
        var manifest: Manifest
        if JobIdentifier.isValid(what.text), (try? FileStatus.of(what)) == nil {
            manifest = try client.ask("/jobs/\(what.text)", as: Manifest.self)
        } else {
            manifest = try read(what)
            // The file tells of stages; the daemon, if it runs, knows the percent.
            if manifest.status == .processing,
                let live = try? client.ask("/jobs/\(manifest.jobID)", as: Manifest.self)
            {
                manifest = live
            }
        }
        if arguments.has("--json") {
            Output.bytes((try? MomentsJSON.document(manifest)) ?? Data())
        } else {
            for line in ManifestText.lines(manifest) { Output.line(line) }
        }
        return 0
    }

    private static func read(_ path: FilePath) throws(Failure) -> Manifest {
        let status = try? FileStatus.of(path)
        let candidates =
            status?.kind == .folder
            ? [path.appending("manifest.json")]
            : [path.hasSuffix(".json") ? path : ManifestName.manifest(of: path)]
        for candidate in candidates {
            guard let file = try? Descriptor.openRegular(candidate) else { continue }
            let bytes: [UInt8]
            do { bytes = try file.read(ManifestStore.sizeLimit, at: 0, of: candidate) } catch {
                throw Failure("\(error)")
            }
            guard let manifest = try? MomentsJSON.decode(Manifest.self, from: Data(bytes)) else {
                throw Failure("'\(candidate.display)' is no manifest of this version of momentsd")
            }
            return manifest
        }
        let there = status == nil ? "there is no '\(path.display)', and no" : "there is no"
        throw Failure(
            "\(there) manifest '\((candidates.first ?? path).display)': the video was not noticed yet, or lies in no inbox"
        )
    }
}
