internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsSampling
internal import MomentsSelection
internal import MomentsStills

/// What the stages before the choice found out about a job's video.
struct VideoKnowledge {
    let analysis: SamplingResult
    /// Small pictures of what was decoded.
    let survey: FrameSurvey
    /// Who is in it; nil where nobody was looked for.
    let subjects: SubjectFindings?
    /// What is said in it.
    let words: JobWords
    /// What a judge thinks of it; `none` without one.
    let judgement: Judgement
    /// Whether shots begin where decoding can start whatever it costs.
    let bindsStarts: Bool

    /// What is seen and heard when.
    var signals: Signals { analysis.signals }
}
