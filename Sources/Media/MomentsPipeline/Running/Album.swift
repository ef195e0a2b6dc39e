internal import MomentsCore
internal import MomentsSelection

/// An album's shots as one recording in several files, one of each shot, with where they come from.
struct Album {
    /// Where a shot comes from.
    struct Origin {
        /// The video.
        let file: AlbumFile
        /// Where in it the shot begins, in seconds.
        let start: Double
        /// How long the video is, in seconds.
        let duration: Double
    }

    /// The job that makes the reel of them.
    let spec: JobSpec
    let document: AlbumDocument
    /// Where each shot comes from.
    let origins: [Origin]
    /// Sentences for people.
    let notes: [String]

    /// What is written where days begin, by the number of the shot; nothing where all is of one day.
    func days(of selection: Selection) -> [Int: String] {
        guard selection.shots.count == document.shots.count else { return [:] }
        let begins = document.shots.enumerated().compactMap { number, shot in shot.day.map { (number, $0) } }
        return Dictionary(uniqueKeysWithValues: begins)
    }

    /// The choice as it was made, told of what was chosen: every file is a shot.
    func told(_ selection: Selection) -> Selection {
        guard selection.shots.count == document.shots.count else { return selection }
        return selection.retold { number in
            let origin = document.shots[number]
            let place = ClockText.hoursMinutesSeconds(origin.start)
            return (origin.score, ["from '\(origin.file.display)' at \(place)"] + origin.reasons)
        }
    }
}
