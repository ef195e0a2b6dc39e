internal import MomentsCore

/// A segment of the source's audio that a reel plays without a cut.
struct AudioRun {
    /// What of the source; with a dissolve up to its middle.
    var shot: TimeRange
    /// When it ends in the reel.
    var end: MediaTime
    /// How far it reaches into the segment before it; zero for as little as keeps the join from clicking.
    let before: MediaTime
    /// How far it reaches into the segment behind it.
    var after: MediaTime

    /// The runs of a reel: shots that follow on each other in the source too are one, without a fade.
    static func all(of plan: ReelPlan) -> [AudioRun] {
        var (runs, last) = ([AudioRun](), MediaTime(ticks: -1, timescale: 1))
        for (number, (shot, place)) in zip(plan.shots, plan.places).enumerated() where shot.duration > .zero {
            let (before, after) = (half(plan.overlap(before: number)), half(plan.overlap(behind: number)))
            let range = TimeRange(start: shot.start + before, end: shot.end - after)
            let run = AudioRun(shot: range, end: place.end - after, before: before, after: after)
            if !runs.isEmpty, last == shot.start {
                runs[runs.count - 1].shot = TimeRange(start: runs[runs.count - 1].shot.start, end: range.end)
                (runs[runs.count - 1].end, runs[runs.count - 1].after) = (run.end, after)
            } else {
                runs.append(run)
            }
            last = shot.end
        }
        return runs
    }

    private static func half(_ time: MediaTime) -> MediaTime {
        MediaTime(ticks: time.ticks, timescale: time.timescale * 2)
    }
}
