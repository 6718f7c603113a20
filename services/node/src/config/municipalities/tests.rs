//! What a file may say, and what is told about one that says otherwise.

use super::*;
use jiff::civil::date;

#[test]
fn the_example_file_says_what_holds_without_a_file() {
    // A municipality in it moves to another region at the turn of a year.
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/municipalities.example.csv");
    let example = MunicipalityFile::try_from(PathBuf::from(file)).unwrap();
    assert_eq!(example.list(), &Municipalities::example());
    let on = |day| example.list().region_of("9004", day).map(Region::as_str);
    assert_eq!((on(date(2026, 12, 31)), on(date(2027, 1, 1))), (Some("midden"), Some("noord")));
}

#[test]
fn every_fault_is_named_with_its_line() {
    let text = "code,name,region,from,until\n\n9001,A,midden,2020-01-01,\n9002,B,Mid den,gisteren,ooit\n903,,noord,2021-01-01,2020-01-01\n9001,A,noord,2026-01-01,\nx,y\n";
    let faults = [
        "line 4: `from` is not a day such as 2026-01-31",
        "line 4: `until` is not a day such as 2026-01-31",
        "line 4: `region` is not the name of a region",
        "line 7: it has 2 fields where `code,name,region,from,until` are five",
        "line 5: the code is not of four digits",
        "line 5: the name is missing",
        "line 5: `until` lies before `from`",
        "line 6: an earlier entry holds for the same municipality on one of these days",
    ];
    assert_eq!(read(text).unwrap_err(), faults);
    assert_eq!(read("9001,A,midden,2020-01-01,").unwrap_err(), ["line 1 must be `code,name,region,from,until`"]);
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let told = MunicipalityFile::try_from(PathBuf::from("nergens.csv")).unwrap_err();
    assert!(told.starts_with("nergens.csv: it cannot be read"), "{told}");
}
