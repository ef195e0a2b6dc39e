internal import MomentsCore

/// A job in one line.
enum JobLine {
    /// Status, progress, name and message.
    static func text(_ job: Manifest) -> String {
        let status = Words.column(job.status.rawValue, 10)
        return "  \(status) \(Words.percent(job.progress))  \(job.source.path.display)  \(message(job))"
    }

    /// What is worth saying besides: the message, the time left, the next attempt.
    static func message(_ job: Manifest) -> String {
        var message = Escaping.line(job.message)
        if job.status == .processing, let left = secondsLeft(job), left >= 3 {
            message += " (about \(Words.time(left)) left)"
        }
        if let next = job.nextAttemptAt { message += " (tried again at \(next))" }
        return message
    }

    /// Seconds a job in work will still take, if that is known.
    static func secondsLeft(_ job: Manifest) -> Double? {
        guard let estimate = job.estimatedTime, estimate.isFinite, estimate > 0 else { return nil }
        return estimate * max(0, 100 - job.progress) / 100
    }
}
