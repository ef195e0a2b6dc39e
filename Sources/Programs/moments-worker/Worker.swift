internal import Glibc
internal import MomentsCore
internal import MomentsMedia
internal import MomentsPipeline
internal import MomentsSystem

/// One job, one process: a `JobSpec` on the standard input, `JobEvent`s on the standard output.
///
/// Exit status: 0 the job is done, 1 it failed (the last event says why), 2 there was no usable job, 143 stopped.
@main
enum Worker {
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        switch CommandLine.arguments.dropFirst().first {
        case nil: exit(run())
        case "--version":
            print("moments-worker \(Version.text)")
            exit(0)
        case "--codecs":
            for line in CodecSupport.lines { print(line) }
            exit(0)
        case "--help": usage(to: stdoutNumber)
        case "--shut-in": exit(ShutIn.run(CommandLine.arguments.dropFirst(2)))
        default:
            usage(to: stderrNumber)
            exit(2)
        }
    }

    private static func run() -> Int32 {
        Sandbox.closeInherited()
        let input = SpecReader()
        let spec: JobSpec
        do { spec = try input.read() } catch {
            say("moments-worker: \(error)\n", to: stderrNumber)
            return 2
        }
        let sandbox: SandboxLevel
        do { sandbox = try confine(to: spec) } catch {
            say("moments-worker: \(error)\n", to: stderrNumber)
            return 2
        }
        MediaMemory.keepTidy()
        MediaProcessor.avoidGathers()
        let stop = StopSwitch()
        stop.watchSignals()
        let lifeline = spec.lifeline ? Lifeline(stdinNumber, stop) : nil
        let events = EventWriter(descriptor: stdoutNumber) { stop.press() }
        let runner = JobRunner(
            spec,
            interrupt: stop.interrupt,
            reply: { lifeline?.next() },
            transcript: { lifeline?.next() },
            errandReply: { lifeline?.next() },
            emit: { events.write($0) }
        )
        let done = runner.run(pid: getpid(), sandbox: sandbox)
        if stop.interrupt.isRequested { return 143 }
        return done ? 0 : 1
    }

    /// Leaves this process its one input and its one folder; before any thread is started.
    private static func confine(to spec: JobSpec) throws(SystemError) -> SandboxLevel {
        // libav asks the machine for its processors, and libdispatch looks at this process's own threads.
        let machine: [FilePath] = [
            "/sys/devices/system/cpu", "/proc/cpuinfo", "/proc/stat", "/proc/meminfo", "/proc/self/task",
            "/etc/localtime",
        ]
        // Cards are written with the machine's fonts.
        let fonts: [FilePath] = [
            "/etc/fonts", "/usr/share/fontconfig", "/usr/share/fonts", "/usr/local/share/fonts",
            "/var/cache/fontconfig",
        ]
        let hasCards =
            spec.options.titleCard || spec.options.endCard != nil || spec.options.product != nil
            || spec.options.captions == .burn || spec.options.story != nil
            // Its days have titles.
            || !spec.album.isEmpty
        // No reel takes as much: 200 Mbit/s, beside what may be kept of the source.
        let source = ([spec.source] + spec.parts + spec.album.flatMap { [$0.path] + $0.parts }).reduce(0) {
            $0 + ((try? FileStatus.of($1).size) ?? 0)
        }
        let length = Int64(min(spec.options.targetDuration, 1_000_000))
        return try Sandbox.enter(
            readable: [spec.source] + spec.parts + spec.album.flatMap { [$0.path] + $0.parts }
                + [spec.transcript, spec.transcription, spec.picture].compactMap { $0 } + spec.footage.map(\.path)
                + spec.companions + spec.models + machine + (hasCards ? fonts : []),
            writable: [spec.staging],
            limits: ResourceLimits(
                fileSize: (4 << 30) + 4 * min(max(source, 0), 1 << 50) + length * 25_000_000,
                processorTime: 7 * 24 * 3600 + 400 * length
            )
        )
    }

    private static func usage(to descriptor: Int32) {
        say(
            """
            usage: moments-worker < JOB.json

            Does one job: reads a job (\(JobSpec.schema), one line of JSON) from standard input, writes events
            (JSON lines) to standard output, and leaves every result in the job's staging folder.
            It is started by momentsd and by `moments run`; people use those.

            """,
            to: descriptor
        )
    }

    private static func say(_ text: String, to descriptor: Int32) {
        var text = text
        _ = text.withUTF8 { write(descriptor, $0.baseAddress, $0.count) }
    }

    private static let stdinNumber: Int32 = 0
    private static let stdoutNumber: Int32 = 1
    private static let stderrNumber: Int32 = 2
}
