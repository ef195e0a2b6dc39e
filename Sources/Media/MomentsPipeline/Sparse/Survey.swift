internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia

/// Looks at key pictures all over a video.
enum Survey {
    /// Seconds between looks, at least, where the encoder places key pictures more often than anybody needs.
    private static let spacing = 4.0

    /// Which pictures are looked at first.
    ///
    /// - Parameters:
    ///   - pictures: The pictures in the file's order.
    ///   - schedule: How key pictures are placed.
    /// - Returns: Places in the file, by the order shown: every picture that stands alone out of turn, and of the others
    ///   enough to see each place.
    static func plan(_ pictures: [CodedPicture], _ schedule: KeySchedule) -> [Int] {
        var last = -Double.infinity
        return alone(pictures).filter { entry in
            let picture = pictures[entry]
            guard !schedule.isDue(picture.number) || picture.seconds >= last + spacing else { return false }
            last = picture.seconds
            return true
        }
    }

    /// The pictures that stand alone, by the order shown.
    static func alone(_ pictures: [CodedPicture]) -> [Int] {
        pictures.indices.filter { pictures[$0].isIntra && pictures[$0].number >= 0 }
            .sorted { pictures[$0].number < pictures[$1].number }
    }

    /// The part of the file that is decoded for a look: the picture, and what is needed to see what moves.
    ///
    /// - Parameters:
    ///   - entry: The picture's place in the file.
    ///   - pictures: The pictures in the file's order.
    ///   - isBrief: Whether what moves does not matter.
    /// - Returns: Places in the file.
    static func stretch(_ entry: Int, _ pictures: [CodedPicture], isBrief: Bool) -> Range<Int> {
        // Behind a picture where decoding cannot start others may need what was before it.
        guard pictures[entry].isKey, !isBrief else { return entry..<entry + 1 }
        var end = entry + 1
        while end < min(pictures.count, entry + 12), !pictures[end].isKey {
            end += 1
            if pictures[end - 1].seconds >= pictures[entry].seconds + 0.1 { break }
        }
        return entry..<end
    }

    /// Takes the looks.
    ///
    /// - Parameters:
    ///   - entries: Places in the file of pictures coded from themselves alone.
    ///   - map: The video's pictures.
    ///   - crew: Who decodes.
    ///   - size: The size of the pictures looked at.
    ///   - isBrief: Whether what moves does not matter.
    /// - Returns: The looks there were, in the order of `entries`; nil where the file is not as its index has it.
    /// - Throws: `MediaError`.
    static func take(
        _ entries: [Int],
        _ map: PictureMap,
        _ crew: StretchCrew,
        _ size: AnalysisSize,
        isBrief: Bool = false
    ) throws(MediaError) -> [Look]? {
        let pictures = map.pictures
        let spacing = map.times.end.seconds / Double(max(1, map.times.count))
        let looks = try crew.work(entries.count) { (tools, number) throws(MediaError) -> (Bool, Look?) in
            let (entry, scaler) = (entries[number], tools.scaler)
            var taker = LookTaker(size: size)
            let isFound = try tools.reader.read(stretch(entry, pictures, isBrief: isBrief), complete: 0..<0) {
                (time, frame) throws(MediaError) in
                try scaler.scale(frame)
                let (luma, cb, cr) = (scaler.luma, scaler.cb, scaler.cr)
                taker.add(luma: luma.span, cb: cb.span, cr: cr.span, time: time, spacing: spacing)
            }
            return (isFound, taker.finish(entry: entry, number: pictures[entry].number))
        }
        return looks.contains { !$0.0 } ? nil : looks.compactMap { $0.1 }
    }

    /// Looks between looks that differ, where no key picture was placed for the cut's sake, until nothing lies between.
    ///
    /// - Returns: All looks by the order shown; nil where the file is not as its index has it.
    /// - Throws: `MediaError`.
    static func refine(
        _ looks: [Look],
        _ map: PictureMap,
        _ curve: SizeCurve,
        _ crew: StretchCrew,
        _ size: AnalysisSize
    ) throws(MediaError) -> [Look]? {
        let order = alone(map.pictures)
        var place: [Int: Int] = [:]
        for (index, entry) in order.enumerated() { place[entry] = index }
        var looks = looks
        var tried = Set(looks.map(\.entry))
        while true {
            var wanted: [Int] = []
            for (before, after) in zip(looks, looks.dropFirst()) where before.showsAnotherPlace(than: after, curve) {
                guard let from = place[before.entry], let to = place[after.entry], to - from > 1 else { continue }
                let middle = order[(from + to) / 2]
                if tried.insert(middle).inserted { wanted.append(middle) }
            }
            guard !wanted.isEmpty else { return looks }
            guard let more = try take(wanted, map, crew, size, isBrief: true), !more.isEmpty else { return nil }
            looks = (looks + more).sorted { $0.number < $1.number }
        }
    }
}
