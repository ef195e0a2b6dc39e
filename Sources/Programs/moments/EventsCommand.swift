internal import FoundationEssentials
internal import MomentsCore
internal import MomentsSystem

/// `moments events`: follows what happens.
struct EventsCommand: Command {
    static let name = "events"
    static let help = CommandHelp(
        purpose: "follows what happens",
        forms: ["[ID] [--json] [--socket PATH]"],
        about: "Follows what happens, of all jobs or of the one with this identifier, until it is interrupted.",
        options: [
            Arguments.Option("--json", "one JSON object a line, each with the event's name in \"event\""),
            StatusClient.option,
        ]
    )

    private struct Body: Decodable {
        let name: FilePath
        let folder: FilePath
        let status: JobStatus
        let progress: Double
        let message: String
        let stage: Stage?
        let index: Int?
        let count: Int?
    }

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        let job = arguments.rest.first?.text
        guard arguments.rest.count <= 1, job.map({ JobIdentifier.isValid($0) }) ?? true else {
            throw Failure("moments events takes one job identifier or none; moments jobs lists them", code: .usage)
        }
        let client = StatusClient(arguments)
        var stream = try client.stream(job.map { "/jobs/\($0)/events" } ?? "/events")
        var lines = LineSplitter(longest: 64 << 20)
        var name = ""
        do {
            while let bytes = try stream.next() {
                for line in lines.add(bytes) {
                    let text = String(decoding: line, as: UTF8.self)
                    if text.hasPrefix("event: ") { name = String(text.dropFirst(7)) }
                    if text.hasPrefix("data: ") {
                        tell(name, String(text.dropFirst(6)), asJSON: arguments.has("--json"))
                    }
                }
            }
        } catch { throw client.silence(error) }
        throw Failure("the daemon has ended the stream; it stops or restarts")
    }

    private static func tell(_ name: String, _ data: String, asJSON: Bool) {
        if asJSON {
            let head = "{\"event\":\"\(name)\"" + (data == "{}" ? "" : ",")
            return Output.line(head + data.dropFirst())
        }
        if name == "connected" {
            let snapshot = try? MomentsJSON.decode(StatusSnapshot.self, from: Data(data.utf8))
            if let lost = snapshot?.lost, lost > 0 { Output.line("(\(lost) events were lost)") }
            for job in snapshot?.jobs ?? [] { Output.line(JobLine.text(job)) }
            return
        }
        guard let body = try? MomentsJSON.decode(Body.self, from: Data(data.utf8)) else { return }
        let stage = body.stage.map { " \($0.rawValue)" } ?? ""
        let shot = body.index.flatMap { index in body.count.map { " shot \(index) of \($0)" } } ?? ""
        let message = name == "progress" || name == "stage" || !shot.isEmpty ? "" : ": " + Escaping.line(body.message)
        let what = body.status == .processing ? stage : " " + body.status.rawValue
        let path = body.folder.appending(body.name).display
        Output.line("\(Timestamp.now) \(Words.percent(body.progress)) \(path)\(what)\(shot)\(message)")
    }
}
