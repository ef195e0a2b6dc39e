internal import Glibc
internal import MomentsCore
internal import MomentsSystem
internal import MomentsTestSupport
internal import Testing

@Suite("what a child leaves behind")
struct LeftOversTests {
    @Test("a process that hid in a session of its own is ended with those it started; a named child goes on")
    func sessions() async {
        await #expect(processExitsWith: .success) {
            LeftOvers.adopt()
            let named = try ChildProcess(["/bin/sleep", "60"], environment: ["PATH=/usr/bin:/bin"])
            let child = try ChildProcess(
                ["/bin/sh", "-c", "setsid sh -c 'sleep 61 & sleep 62' >/dev/null 2>&1 & sleep 0.3; exit 0"],
                environment: ["PATH=/usr/bin:/bin"]
            )
            var poller = pollfd(fd: child.exit.number, events: Int16(POLLIN), revents: 0)
            #expect(poll(&poller, 1, 10_000) == 1)
            #expect(child.reap() == .exited(0))
            // A shell, and its two; the last ones are handed over as their shell ends.
            #expect(LeftOvers.end(sparing: [named.pid]) == 3)
            #expect(LeftOvers.end(sparing: [named.pid]) == 0)
            #expect(named.reap() == nil)
            named.signalGroup(SIGKILL)
        }
    }
}
