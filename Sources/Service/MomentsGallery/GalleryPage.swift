internal import MomentsCore

/// The gallery's page: readable as it is, searchable with script.
struct GalleryPage {
    let entries: [GalleryEntry]
    /// How many results there are in all.
    let count: Int
    /// The files of entries there are, and what tells each state of one from another.
    let boxes: [(number: Int, state: String)]
    let tasks: [GalleryTask]
    let mostTasks: Int

    /// The document.
    var text: String {
        var page = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        page += GalleryFiles.mark + "\n"
        page += "<meta http-equiv=\"Content-Security-Policy\" content=\"\(Escaping.html(GalleryAssets.policy))\">\n"
        page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        page +=
            "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
        page += "<title>Highlights (\(count))</title>\n<style>\(GalleryAssets.style)</style>\n</head>\n<body>\n"
        page += "<header><h1>Highlights</h1><p>\(count) \(count == 1 ? "result" : "results")</p></header>\n"
        page += "<main>\n" + taskList + search
        // The state keeps browsers from taking an older file for this one.
        let files = boxes.map { "\($0.number).js?\($0.state)" }.joined(separator: " ")
        page += "<ul id=\"results\" class=\"results\" data-boxes=\"\(files)\" "
        page += "data-folder=\"\(GalleryFiles.folderName.text)\">\n"
        for entry in entries { page += item(entry) }
        page += "</ul>\n<p id=\"more\" hidden><button type=\"button\">Show more</button></p>\n"
        if count > entries.count {
            page +=
                "<noscript><p>The newest \(entries.count) of \(count) are shown; the others stand in their folders "
                + "beside this page.</p></noscript>\n"
        }
        return page + "</main>\n<script>\(GalleryAssets.script)</script>\n</body>\n</html>\n"
    }

    private var search: String {
        """
        <form id="search" role="search" hidden><label>Search <input type="search" id="query" autocomplete="off"></label>
        <label>Year <select id="year"><option value="">all</option></select></label>
        <span id="found" role="status"></span></form>

        """
    }

    private var taskList: String {
        guard !tasks.isEmpty else { return "" }
        var list =
            "<section aria-labelledby=\"tasks\"><h2 id=\"tasks\">Under way, or failed</h2>\n<ul class=\"tasks\">\n"
        for task in tasks.prefix(mostTasks) {
            list += "<li class=\"\(task.status.rawValue)\"><b>\(Escaping.html(task.name))</b> "
            list += "<span class=\"status\">\(task.status.rawValue)</span>"
            if task.status == .processing {
                let progress = Int(task.progress)
                list += " <progress max=\"100\" value=\"\(progress)\">\(progress) %</progress> \(progress) %"
            }
            list += "<br>\(Escaping.html(task.message))</li>\n"
        }
        let others = tasks.count - mostTasks
        return list + "</ul>\n" + (others > 0 ? "<p>and \(others) more</p>\n" : "") + "</section>\n"
    }

    private func item(_ entry: GalleryEntry) -> String {
        func address(_ file: String) -> String {
            Escaping.html(entry.address + "/" + GalleryEntry.address(FilePath(file)))
        }
        var item = "<li><a href=\"\(entry.page.map(address) ?? Escaping.html(entry.address + "/"))\">"
        if let picture = entry.picture {
            let moving = entry.preview.map { " data-preview=\"\(address($0))\"" } ?? ""
            item += "<img src=\"\(address(picture))\" alt=\"\" loading=\"lazy\"\(moving)>"
        }
        item += "<b>\(Escaping.html(entry.title))</b></a><span>\(ClockText.hoursMinutesSeconds(entry.reel))"
        // A story is made of no video; and what photos and cards make longer is no part of one.
        if entry.length > 0, entry.reel <= entry.length { item += " of \(ClockText.hoursMinutesSeconds(entry.length))" }
        item += "</span><span>\(Escaping.html(entry.day))</span>"
        return item + "<span class=\"name\">\(Escaping.html(entry.name))</span></li>\n"
    }
}

extension GalleryEntry {
    /// The day that counts for people: of the recording, else of the result.
    var day: String { captured ?? String(Timestamp(milliseconds: time).description.prefix(10)) }
}
