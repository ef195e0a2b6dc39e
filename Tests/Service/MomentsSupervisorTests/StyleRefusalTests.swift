import MomentsCore
import MomentsSupervisor
import MomentsTestSupport
import Testing

@Suite("styles that are gone when a job begins", .scratchFolder, .timeLimit(.minutes(2)))
struct StyleRefusalTests {
    @Test("the job fails with its reason before a worker is started, the others go on, and workers are told values")
    func refused() async throws {
        var house = try House()
        house.configuration.style = { options throws(JobError) in
            guard options.targetDuration != 7 else {
                throw JobError(.invalidRequest, "the job names 'gone', which is no style", detail: "style")
            }
            var style = ClipStyle.minimalist
            style.zoom = 1.9
            return style
        }
        try house.drop("gone.mp4.request.json", "7")
        try house.drop("gone.mp4", "a video of something that is gone")
        let supervisor = try await house.open()
        await eventually { house.status("gone.mp4") == .failed }
        try house.drop("there.mp4")
        await eventually { house.status("there.mp4") == .completed }
        let error = try #require(house.manifest("gone.mp4")?.error)
        #expect(error.kind == .invalidRequest && error.message.contains("'gone', which is no style"))
        #expect(house.started == ["there.mp4"])
        #expect(house.specs.first?.contains(#""zoom":1.9"#) == true)
        await supervisor.stop()
    }
}
