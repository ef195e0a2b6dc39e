public import MomentsCore

extension Settings {
    /// The values of the style that a job is made in.
    ///
    /// - Parameter options: The job's.
    /// - Returns: The style it names; of highlights, which have none, the one that nobody sees.
    /// - Throws: `JobError` of kind `invalidRequest`, where there is none of that name, or its file is damaged.
    public func style(for options: JobOptions) throws(JobError) -> ClipStyle {
        options.hasStyle ? try style(named: options.styleInEffect, in: "the job") : .modern
    }

    /// Likewise by its name; `place` says who names it.
    func style(named name: StyleName, in place: String, detail: String = "style") throws(JobError) -> ClipStyle {
        let shown = Escaping.excerpt(name.rawValue)
        guard let entry = styles.find(name) else {
            throw JobError(
                .invalidRequest,
                "\(place) names '\(shown)', which is no style; there are: \(styles.names); name one of them, or put a file "
                    + "\(shown).conf into \(folders.styles.display) and reload momentsd",
                detail: detail
            )
        }
        guard let style = entry.style else {
            throw JobError(
                .invalidRequest,
                "\(place) names the style '\(shown)', which cannot be used: \(entry.trouble ?? "it is damaged"); mend that "
                    + "and reload momentsd, or name another style",
                detail: detail
            )
        }
        return style
    }
}
