import Dispatch
import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("child processes", .scratchFolder, .timeLimit(.minutes(5)))
struct ChildProcessTests {
    /// Runs a shell script to its end, and gives its output and how it ended.
    private func run(_ script: String, input: String = "", environment: [String] = []) throws -> (String, ExitReason) {
        var child = try ChildProcess(["/bin/sh", "-c", FilePath(script)], environment: environment)
        if let stdin = child.takeInput() { try stdin.write(Array(input.utf8), to: "stdin") }
        var poller = pollfd(fd: child.exit.number, events: Int16(POLLIN), revents: 0)
        #expect(poll(&poller, 1, 10_000) == 1)
        let end = child.reap()
        let reason = try #require(end)
        let output = try child.output.receive(atMost: 1000, from: "stdout") ?? []
        return (String(decoding: output, as: UTF8.self), reason)
    }

    @Test("a child has its input, its environment, and no descriptor of ours but three")
    func plain() throws {
        let open = try Descriptor.open("/", O_RDONLY)
        _ = inherit(open.number)
        let (output, reason) = try run(
            "read x; echo $x $Y; ls /proc/self/fd | wc -l",
            input: "hi\n",
            environment: ["Y=there"]
        )
        // The listing itself has the folder open.
        #expect(output == "hi there\n4\n")
        #expect(reason == .exited(0))
    }

    @Test("the end of a child is told as a status or as a signal's name")
    func ends() throws {
        #expect(try run("exit 7").1 == .exited(7))
        #expect(try run("kill -SEGV $$").1.signalName == "SIGSEGV")
        #expect(try run("kill -9 $$").1.description == "SIGKILL")
    }

    @Test("a program that is not there is an error, not a child")
    func missing() { #expect(throws: SystemError.self) { _ = try ChildProcess(["/nothing/here"], environment: []) } }

    @Test("a signal to the group reaches what the child has started")
    func group() throws {
        let mark = ScratchFolder.path.appending("alive")
        let script = "(sleep 0.6; touch \(mark.text)) & echo started; wait"
        let child = try ChildProcess(["/bin/sh", "-c", FilePath(script)], environment: [])
        var poller = pollfd(fd: child.output.number, events: Int16(POLLIN), revents: 0)
        #expect(poll(&poller, 1, 5000) == 1)
        child.signalGroup(SIGTERM)
        poller = pollfd(fd: child.exit.number, events: Int16(POLLIN), revents: 0)
        #expect(poll(&poller, 1, 5000) == 1)
        let end = child.reap()
        #expect(end?.signalName == "SIGTERM")
        usleep(900_000)
        #expect(throws: SystemError.self) { try FileStatus.of(mark) }
    }

    @Test("a limit on memory holds in the child")
    func memory() throws {
        var child = try ChildProcess(["/bin/sh", "-c", "read x; ulimit -d"], environment: [])
        child.limitMemory(to: 64 << 20)
        if let stdin = child.takeInput() { try stdin.write(Array("go\n".utf8), to: "stdin") }
        var poller = pollfd(fd: child.exit.number, events: Int16(POLLIN), revents: 0)
        #expect(poll(&poller, 1, 5000) == 1)
        let output = try child.output.receive(atMost: 100, from: "stdout")
        #expect(output == Array("65536\n".utf8))
        let end = child.reap()
        #expect(end == .exited(0))
    }

    private func inherit(_ number: CInt) -> CInt { fcntl(number, F_SETFD, 0) }
}

@Suite("cutting lines")
struct LineSplitterTests {
    @Test("lines come out whole, whatever pieces they came in, and one too long is dropped alone")
    func pieces() {
        var splitter = LineSplitter(longest: 5)
        var lines: [[UInt8]] = []
        for piece in ["ab", "c\nd", "\n\ntoolong", "er\nok", "\nrest"] { lines += splitter.add(Array(piece.utf8)) }
        #expect(lines.map { String(decoding: $0, as: UTF8.self) } == ["abc", "d", "", "ok"])
        #expect(splitter.dropped == 1)
        let rest = splitter.finish()
        #expect(rest == Array("rest".utf8))
        let nothing = splitter.finish()
        #expect(nothing == nil)
    }
}
